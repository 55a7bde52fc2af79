using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <content>Operations on images.</content>
internal static partial class DeviceCases
{
    private const int Images = 2;

    private static readonly (string Name, WindowAxis Rows, WindowAxis Columns)[] _windows =
    [
        ("plain", new(7, 3), new(6, 2)),
        ("same", WindowAxis.Same(7, 5, 1), WindowAxis.Same(6, 4, 1)),
        ("by two", WindowAxis.Same(7, 3, 2), WindowAxis.Same(6, 4, 2)),
        ("uncovered pixels", new(8, 2, 3), new(7, 3, 2, 0, 1)),
        ("uneven padding", new(6, 4, 2, 3, 0), new(5, 3, 1, 0, 2)),
        ("one pixel", new(1, 3, 1, 1, 1), new(4, 1, 2)),
    ];

    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Convolutions()
    {
        foreach ((string window, WindowAxis rows, WindowAxis columns) in _windows)
        {
            var shape = new ConvolutionShape(rows, columns, 3, 5);
            int large = Images * shape.InputPixels, small = Images * shape.OutputPixels;
            foreach (bool accumulate in _both)
            {
                string variant = $"{window}, {Adding(accumulate)}";
                yield return Case(nameof(IDevice.Convolve), variant, run => run.Device.Convolve(
                    run.Gapped(large, 3), run.Dense(shape.PatchLength, 5), default, default, run.Gapped(small, 5), shape, accumulate, Activation.Identity, default));
                yield return Case(nameof(IDevice.ConvolveTransposed), variant, run => run.Device.ConvolveTransposed(
                    run.Gapped(small, 5), run.Dense(shape.PatchLength, 5), default, default, run.Gapped(large, 3), shape, accumulate, Activation.Identity, default));
                yield return Case(nameof(IDevice.ConvolutionWeightGradient), variant, run => run.Device.ConvolutionWeightGradient(
                    run.Gapped(large, 3), run.Gapped(small, 5), run.Dense(shape.PatchLength, 5), shape, accumulate));
            }

            yield return Case(nameof(IDevice.Convolve), $"{window}, scaled with dropout", run => run.Device.Convolve(
                run.Dense(large, 3), run.Dense(shape.PatchLength, 5), run.Row(5), run.Row(5), run.Dense(small, 5), shape, accumulate: false, Activation.Tanh, run.Mask(small, 5)));
            yield return Case(nameof(IDevice.ConvolveTransposed), $"{window}, scaled with dropout", run => run.Device.ConvolveTransposed(
                run.Dense(small, 5), run.Dense(shape.PatchLength, 5), run.Row(3), run.Row(3), run.Dense(large, 3), shape, accumulate: false, Activation.Sigmoid, run.Mask(large, 3)));
        }
    }

    private static readonly (string Name, WindowAxis Rows, WindowAxis Columns)[] _pools =
    [
        ("halves", new(6, 2, 2), new(8, 2, 2)),
        ("overlapping", new(7, 3, 2, 1, 1), new(5, 3, 1, 1, 1)),
        ("uncovered pixels", new(7, 2, 2), new(8, 3, 3)),
    ];

    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Maps()
    {
        foreach ((string window, WindowAxis rows, WindowAxis columns) in _pools)
        {
            var shape = new PoolingShape(rows, columns, 3);
            int large = Images * shape.InputPixels, small = Images * shape.OutputPixels;
            foreach (bool ofMeans in _both)
            {
                string variant = $"{window}, {(ofMeans ? "means" : "largest")}";
                yield return Case(nameof(IDevice.Pool), variant, run => run.Device.Pool(run.Gapped(large, 3), run.Gapped(small, 3), shape, ofMeans));
                foreach (bool accumulate in _both)
                {
                    yield return Case(nameof(IDevice.PoolGradient), $"{variant}, {Adding(accumulate)}", run => run.Device.PoolGradient(
                        run.Gapped(large, 3), run.Gapped(small, 3), run.Gapped(large, 3), shape, ofMeans, accumulate));
                }

                yield return Case(nameof(IDevice.PoolGradient), $"{variant}, of equal ones", run => run.Device.PoolGradient(
                    Zeros(run, large, 3), run.Gapped(small, 3), run.Gapped(large, 3), shape, ofMeans, accumulate: false));
            }
        }

        foreach (int factor in (int[])[2, 3])
        {
            yield return Case(nameof(IDevice.Upsample), $"times {factor}", run => run.Device.Upsample(
                run.Gapped(Images * 12, 5), run.Gapped(Images * 12 * factor * factor, 5), 3, 4, factor));
            foreach (bool accumulate in _both)
            {
                yield return Case(nameof(IDevice.UpsampleGradient), $"times {factor}, {Adding(accumulate)}", run => run.Device.UpsampleGradient(
                    run.Gapped(Images * 12 * factor * factor, 5), run.Gapped(Images * 12, 5), 3, 4, factor, accumulate));
            }
        }
    }
}
