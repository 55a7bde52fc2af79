using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <content>Normalisation, losses, categories, mixtures, optimisers.</content>
internal static partial class DeviceCases
{
    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Normalizations()
    {
        foreach (bool ofRows in _both)
        {
            string variant = ofRows ? "of rows" : "of columns";
            int n = ofRows ? 8 : 13;
            Moments Moments(DeviceRun run)
            {
                Matrix values = run.Gapped(2, n, 0.5f, 1.5f);
                return new Moments(values, ofRows);
            }

            yield return Case(nameof(IDevice.MeanAndVariance), variant, run => run.Device.MeanAndVariance(run.Gapped(8, 13), ofRows, run.Row(n), run.Row(n)));
            yield return Case(nameof(IDevice.Normalize), variant, run => run.Device.Normalize(
                run.Gapped(8, 13), Moments(run), run.Row(13), run.Row(13), run.Gapped(8, 13), Activation.LeakyRelu(0.1f), default));
            yield return Case(nameof(IDevice.Normalize), $"{variant}, with dropout", run => run.Device.Normalize(
                run.Dense(8, 13), Moments(run), run.Row(13), run.Row(13), run.Dense(8, 13), Activation.Tanh, run.Mask(8, 13)));
            yield return Case(nameof(IDevice.NormalizeParameterGradient), variant, run => run.Device.NormalizeParameterGradient(
                run.Gapped(8, 13), Moments(run), run.Gapped(8, 13), run.Row(13), run.Row(13)));
            foreach (bool accumulate in _both)
            {
                yield return Case(nameof(IDevice.NormalizeInputGradient), $"{variant}, {Adding(accumulate)}", run => run.Device.NormalizeInputGradient(
                    run.Gapped(8, 13), Moments(run), run.Row(13), run.Gapped(8, 13), ofRows ? default : run.Row(13), ofRows ? default : run.Row(13), run.Gapped(8, 13), accumulate));
            }

            yield return Case(nameof(IDevice.NormalizeInputGradient), $"{variant}, in place", run =>
            {
                Matrix dy = run.Gapped(8, 13);
                run.Device.NormalizeInputGradient(
                    run.Gapped(8, 13), Moments(run), run.Row(13), dy, ofRows ? default : run.Row(13), ofRows ? default : run.Row(13), dy, accumulate: false);
            });
        }

        yield return Case(nameof(IDevice.NormalizeInputGradient), "by kept statistics", run => run.Device.NormalizeInputGradient(
            run.Gapped(8, 13), new Moments(run.Gapped(2, 13, 0.5f, 1.5f), OfRows: false), run.Row(13), run.Gapped(8, 13), default, default, run.Gapped(8, 13), accumulate: false));
        yield return Case(nameof(IDevice.InverseRoot), "as is", run => run.Device.InverseRoot(run.Row(21, 0.1f, 2), 1e-3f, run.Row(21)));
        yield return Case(nameof(IDevice.InverseRoot), "in place", run =>
        {
            Matrix x = run.Row(21, 0, 2);
            run.Device.InverseRoot(x, 1e-2f, x);
        });
        foreach (bool iterate in _both)
        {
            yield return Case(nameof(IDevice.SpectralNormalize), iterate ? "moving" : "resting", run => run.Device.SpectralNormalize(
                run.Dense(9, 14), run.Row(14), iterate, run.Row(9), run.Row(1), run.Dense(9, 14)));
            yield return Case(nameof(IDevice.SpectralGradient), Adding(iterate), run => run.Device.SpectralGradient(
                run.Dense(9, 14), run.Dense(9, 14), run.Row(14), run.Row(9), run.Row(1, 1, 2), run.Dense(9, 14), iterate));
        }
    }

    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Losses()
    {
        foreach (LossFunction function in Enum.GetValues<LossFunction>())
        {
            (float low, float high) = function == LossFunction.BinaryCrossEntropy ? (0.01f, 0.99f) : (-2, 2);
            foreach (bool constant in _both)
            {
                string variant = $"{function} against {(constant ? "a constant" : "a matrix")}";
                LossTarget Target(DeviceRun run) => constant ? new LossTarget(default, 0.7f) : new LossTarget(run.Gapped(6, 9, 0, 1), 0);
                yield return Case(nameof(IDevice.Loss), variant, run => run.Device.Loss(function, run.Gapped(6, 9, low, high), Target(run), run.Row(1)));
                foreach (bool accumulate in _both)
                {
                    yield return Case(nameof(IDevice.LossGradient), $"{variant}, {Adding(accumulate)}", run => run.Device.LossGradient(
                        function, run.Gapped(6, 9, low, high), Target(run), run.Row(1, 20, 30), run.Gapped(6, 9), accumulate));
                }
            }
        }

        yield return Case(nameof(IDevice.Loss), "of large logits", run => run.Device.Loss(
            LossFunction.BinaryCrossEntropyWithLogits, run.Gapped(6, 9, -90, 90), new LossTarget(default, 1), run.Row(1)));
        yield return Case(nameof(IDevice.Loss), "of certain probabilities", run => run.Device.Loss(
            LossFunction.BinaryCrossEntropy, Certain(run), new LossTarget(run.Gapped(6, 9, 0, 1), 0), run.Row(1)));
        yield return Case(nameof(IDevice.LossGradient), "of certain probabilities", run => run.Device.LossGradient(
            LossFunction.BinaryCrossEntropy, Certain(run), new LossTarget(run.Gapped(6, 9, 0, 1), 0), run.Row(1), run.Gapped(6, 9), accumulate: false));
        yield return Case(nameof(IDevice.WeightedSquaredError), "with gaps", run => run.Device.WeightedSquaredError(
            run.Gapped(6, 9), run.Gapped(6, 9), run.Row(9, 0, 2), run.Row(1)));
        foreach (bool accumulate in _both)
        {
            yield return Case(nameof(IDevice.WeightedSquaredErrorGradient), Adding(accumulate), run => run.Device.WeightedSquaredErrorGradient(
                run.Gapped(6, 9), run.Gapped(6, 9), run.Row(9, 0, 2), run.Row(1), run.Gapped(6, 9), accumulate));
            yield return Case(nameof(IDevice.RowDistance), accumulate ? "euclidean" : "absolute", run => run.Device.RowDistance(
                run.Gapped(6, 9), run.Gapped(6, 9), run.Dense(6, 1), accumulate));
            yield return Case(nameof(IDevice.RowDistance), $"from 0, {(accumulate ? "euclidean" : "absolute")}", run => run.Device.RowDistance(
                run.Gapped(6, 9), default, run.Dense(6, 1), accumulate));
        }
    }

    // Exactly 0; 1 less the margin is no number of single precision.
    private static Matrix Certain(DeviceRun run)
    {
        Matrix p = run.Gapped(6, 9, -3, 4);
        run.Device.Clamp(p, 0, 0.9f);
        return p;
    }

    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Others()
    {
        foreach (float scale in (float[])[1, 0.2f])
        {
            foreach (long step in (long[])[1, 50])
            {
                yield return Case(nameof(IDevice.Adam), $"step {step}, gradients times {scale}", run => run.Device.Adam(
                    run.Row(53), run.Row(53), run.Row(53), run.Row(53, 0, 1), new AdamSettings(0.01f), step, scale));
            }
        }

        yield return Case(nameof(IDevice.Adadelta), "a step", run => run.Device.Adadelta(
            run.Row(53), run.Row(53), run.Row(53, 0, 1), run.Row(53, 0, 1), new AdadeltaSettings()));
        yield return Case(nameof(IDevice.ReconstructionFeatures), "with gaps", run => run.Device.ReconstructionFeatures(
            run.Gapped(7, 5), run.Gapped(7, 5), run.Gapped(7, 2)));
        yield return Case(nameof(IDevice.ReconstructionFeatures), "of rows of zeros", run => run.Device.ReconstructionFeatures(
            Zeros(run, 7, 5), run.Gapped(7, 5, 0, 1e-6f), run.Gapped(7, 2)));
        yield return Case(nameof(IDevice.ReconstructionFeaturesGradient), "with gaps", run => run.Device.ReconstructionFeaturesGradient(
            run.Gapped(7, 5), run.Gapped(7, 5), run.Gapped(7, 2), run.Gapped(7, 5)));
        yield return Case(nameof(IDevice.ReconstructionFeaturesGradient), "of exact reconstructions", run =>
        {
            Matrix x = run.Gapped(7, 5);
            run.Device.ReconstructionFeaturesGradient(x, x, run.Gapped(7, 2), run.Gapped(7, 5));
        });
        yield return Case(nameof(IDevice.ReconstructionFeaturesGradient), "of reconstructions of zeros", run => run.Device.ReconstructionFeaturesGradient(
            run.Gapped(7, 5), Zeros(run, 7, 5), run.Gapped(7, 2, 0, 1e-6f), run.Gapped(7, 5)));
        yield return Case(nameof(IDevice.MixtureEnergy), "with gaps", run => run.Device.MixtureEnergy(
            run.Gapped(40, 3), run.Gapped(40, 2, 0.1f, 1), 1e-2f, run.Row(2)));
        yield return Case(nameof(IDevice.MixtureEnergyGradient), "with gaps", run => run.Device.MixtureEnergyGradient(
            run.Gapped(40, 3), run.Gapped(40, 2, 0.1f, 1), 1e-2f, run.Row(2), run.Gapped(40, 3), run.Gapped(40, 2)));
        yield return Case(nameof(IDevice.RowMixtureEnergy), "with gaps", run => run.Device.RowMixtureEnergy(
            run.Gapped(40, 3), run.Dense(2, 13), run.Dense(40, 1)));
    }

    private static Matrix Zeros(DeviceRun run, int rows, int columns)
    {
        Matrix x = run.Gapped(rows, columns);
        run.Device.Fill(x, 0);
        return x;
    }

    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Choices()
    {
        var groups = new ColumnGroups(11, (1, 3), (4, 2), (8, 3));
        yield return Case(nameof(IDevice.SampleCategories), "without noise", run => run.Device.SampleCategories(
            run.Gapped(6, 11, -2, 2), groups, 0.7f, null, run.Gapped(6, 11)));
        yield return Case(nameof(IDevice.SampleCategories), "with noise", run => run.Device.SampleCategories(
            run.Gapped(6, 11, -2, 2), groups, 1.3f, run.Stream(), run.Gapped(6, 11)));
        yield return Case(nameof(IDevice.TakeLargest), "with gaps", run => run.Device.TakeLargest(run.Gapped(6, 11), groups, run.Gapped(6, 11)));
        yield return Case(nameof(IDevice.TakeLargest), "of equal ones", run => run.Device.TakeLargest(Zeros(run, 6, 11), groups, run.Gapped(6, 11)));
        foreach (bool accumulate in _both)
        {
            yield return Case(nameof(IDevice.SampleCategoriesGradient), Adding(accumulate), run => run.Device.SampleCategoriesGradient(
                run.Gapped(6, 11, 0, 1), groups, 0.7f, run.Gapped(6, 11), run.Gapped(6, 11), accumulate));
        }
    }
}
