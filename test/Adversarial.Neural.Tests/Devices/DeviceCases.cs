using System.Reflection;
using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>Every operation of a device in its variants, to be compared with the reference device.</summary>
internal static partial class DeviceCases
{
    // Of single precision, for numbers of some units.
    private const double Tolerance = 2e-5;

    private static readonly Activation[] _activations =
    [
        Activation.Identity, Activation.Relu, Activation.LeakyRelu(0.2f), Activation.Sigmoid, Activation.Tanh, Activation.Exp, Activation.Softplus,
    ];

    private static readonly bool[] _both = [false, true];

    // The parts of this class are initialised in whatever order.
    private static readonly Lazy<Dictionary<string, Action<DeviceRun>>> _all = new(() =>
        new[] { Elements, Products, Normalizations, Losses, Others, Convolutions, Maps, Choices }.SelectMany(cases => cases()).ToDictionary(item => item.Name, item => item.Run));

    /// <summary>By name, which begins with that of the operation.</summary>
    public static IReadOnlyDictionary<string, Action<DeviceRun>> All => _all.Value;

    /// <summary>Operations that no case is named after.</summary>
    public static IEnumerable<string> Missing => typeof(IDevice).GetMethods(BindingFlags.Public | BindingFlags.Instance).Select(method => method.Name)
        .Where(name => !All.Keys.Any(item => item.Split(' ')[0] == name)).Distinct();

    /// <summary>What a device does not do as the reference does, or null.</summary>
    public static string? Fault(string name, IDevice device)
    {
        double[] expected = Run(name, new ReferenceDevice()), actual = Run(name, device);
        if (expected.Length != actual.Length)
            return $"{actual.Length} numbers instead of {expected.Length}";
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i]))))
                return $"number {i} of {expected.Length} is {actual[i]} instead of {expected[i]}";
        }

        return null;
    }

    private static double[] Run(string name, IDevice device)
    {
        var run = new DeviceRun(device);
        All[name](run);
        return run.Result();
    }

    private static (string Name, Action<DeviceRun> Run) Case(string operation, string variant, Action<DeviceRun> run) => ($"{operation} {variant}", run);

    private static string Adding(bool accumulate) => accumulate ? "adding" : "overwriting";

    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Elements()
    {
        yield return Case(nameof(IDevice.Allocate), "is zero", run => ReadAll(run, new Matrix(run.Device.Allocate(12), 0, 3, 4, 4)));
        yield return Case(nameof(IDevice.Upload), "into gaps", run => run.Device.Upload([1, 2, 3, 4, 5, 6], run.Gapped(2, 3)));
        yield return Case(nameof(IDevice.Download), "from gaps", run => ReadAll(run, run.Gapped(3, 5)));
        yield return Case(nameof(IDevice.ReadScalar), "of a part", run => run.Note(run.Device.ReadScalar(run.Gapped(4, 4).Slice(2, 1, 3, 1))));
        yield return Case(nameof(IDevice.Fill), "dense", run => run.Device.Fill(run.Dense(3, 4), 2.5f));
        yield return Case(nameof(IDevice.Fill), "with gaps", run => run.Device.Fill(run.Gapped(3, 4), -0.5f));
        foreach (bool accumulate in _both)
        {
            yield return Case(nameof(IDevice.Add), Adding(accumulate), run => run.Device.Add(run.Gapped(4, 7), 0.7f, run.Dense(4, 7), accumulate));
            yield return Case(nameof(IDevice.Add), $"plain, {Adding(accumulate)}", run => run.Device.Add(run.Dense(4, 7), 1, run.Gapped(4, 7), accumulate));
            yield return Case(nameof(IDevice.Add), $"itself, {Adding(accumulate)}", run =>
            {
                Matrix x = run.Gapped(3, 5);
                run.Device.Add(x, -0.3f, x, accumulate);
            });
            yield return Case(nameof(IDevice.Multiply), Adding(accumulate), run => run.Device.Multiply(run.Gapped(4, 7), run.Dense(4, 7), run.Gapped(4, 7), accumulate));
            yield return Case(nameof(IDevice.Multiply), $"in the place of the first, {Adding(accumulate)}", run =>
            {
                Matrix x = run.Gapped(4, 7);
                run.Device.Multiply(x, run.Dense(4, 7), x, accumulate);
            });
            yield return Case(nameof(IDevice.Multiply), $"in the place of the second, {Adding(accumulate)}", run =>
            {
                Matrix x = run.Gapped(4, 7);
                run.Device.Multiply(run.Dense(4, 7), x, x, accumulate);
            });
        }

        yield return Case(nameof(IDevice.Multiply), "a square in its place", run =>
        {
            Matrix x = run.Dense(4, 7);
            run.Device.Multiply(x, x, x, accumulate: false);
        });
        yield return Case(nameof(IDevice.Clamp), "with gaps", run => run.Device.Clamp(run.Gapped(5, 5), -0.3f, 0.4f));
        yield return Case(nameof(IDevice.SumOfSquares), "of a row", run => run.Note(run.Device.SumOfSquares(run.Row(999))));
        yield return Case(nameof(IDevice.AllFinite), "of numbers", run => run.Note(run.Device.AllFinite(run.Row(99)) ? 1 : 0));
        yield return Case(nameof(IDevice.AllFinite), "with NaN and infinity", run =>
        {
            foreach (float odd in (float[])[float.NaN, float.PositiveInfinity])
            {
                Matrix row = new(run.Device.Allocate(40), 0, 1, 40, 40);
                run.Device.Fill(row.Slice(0, 1, 17, 1), odd);
                run.Note(run.Device.AllFinite(row) ? 1 : 0);
            }
        });
        yield return Case(nameof(IDevice.DrawNormal), "with gaps", run => run.Device.DrawNormal(run.Gapped(7, 9), run.Stream(), 0.5f, 2));
        yield return Case(nameof(IDevice.DrawNormal), "dense", run => run.Device.DrawNormal(run.Dense(7, 9), run.Stream(), 0, 1));
        yield return Case(nameof(IDevice.DrawUniform), "with gaps", run => run.Device.DrawUniform(run.Gapped(7, 9), run.Stream(), -1, 3));
    }

    private static void ReadAll(DeviceRun run, Matrix matrix)
    {
        var values = new float[matrix.Rows * matrix.Columns];
        run.Device.Download(matrix, values);
        Array.ForEach(values, value => run.Note(value));
    }

    private static IEnumerable<(string Name, Action<DeviceRun> Run)> Products()
    {
        foreach (Activation activation in _activations)
        {
            foreach (bool drop in _both)
            {
                string variant = $"{activation.Kind}{(drop ? " with dropout" : "")}";
                DropoutMask Mask(DeviceRun run, int rows, int columns) => drop ? run.Mask(rows, columns) : default;
                yield return Case(nameof(IDevice.Activate), $"{variant}, as is", run => run.Device.Activate(run.Gapped(6, 37, -3, 3), run.Dense(6, 37), activation));
                yield return Case(nameof(IDevice.Activate), $"{variant}, in place", run =>
                {
                    Matrix x = run.Gapped(6, 37, -3, 3);
                    run.Device.Activate(x, x, activation);
                });
                foreach (bool accumulate in _both)
                {
                    yield return Case(nameof(IDevice.Linear), $"{variant}, {Adding(accumulate)}", run => run.Device.Linear(
                        run.Gapped(6, 11), run.Dense(11, 37), default, run.Row(37), run.Gapped(6, 37), accumulate, activation, Mask(run, 6, 37)));
                    yield return Case(nameof(IDevice.Linear), $"scaled {variant}, {Adding(accumulate)}", run => run.Device.Linear(
                        run.Dense(6, 11), run.Dense(11, 37), run.Row(37), run.Row(37), run.Dense(6, 37), accumulate, activation, Mask(run, 6, 37)));
                    yield return Case(nameof(IDevice.ActivateGradient), $"{variant}, {Adding(accumulate)}", run => run.Device.ActivateGradient(
                        Output(run, activation), run.Gapped(6, 37), run.Dense(6, 37), accumulate, activation, Mask(run, 6, 37)));
                }

                yield return Case(nameof(IDevice.LinearInputGradient), variant, run => run.Device.LinearInputGradient(
                    run.Gapped(6, 11), run.Dense(37, 11), run.Gapped(6, 37), accumulate: false, Output(run, activation), activation, Mask(run, 6, 37)));
                yield return Case(nameof(IDevice.ActivateGradient), $"{variant}, in place", run =>
                {
                    Matrix dy = run.Gapped(6, 37);
                    run.Device.ActivateGradient(Output(run, activation), dy, dy, accumulate: false, activation, Mask(run, 6, 37));
                });
            }
        }

        foreach (bool accumulate in _both)
        {
            yield return Case(nameof(IDevice.Linear), $"bare, {Adding(accumulate)}", run => run.Device.Linear(
                run.Gapped(9, 20), run.Dense(20, 5), default, default, run.Gapped(9, 5), accumulate, Activation.Identity, default));
            yield return Case(nameof(IDevice.LinearInputGradient), $"bare, {Adding(accumulate)}", run => run.Device.LinearInputGradient(
                run.Gapped(9, 20), run.Dense(5, 20), run.Gapped(9, 5), accumulate, default, Activation.Identity, default));
            yield return Case(nameof(IDevice.LinearWeightGradient), Adding(accumulate), run => run.Device.LinearWeightGradient(
                run.Gapped(33, 7), run.Gapped(33, 12), run.Dense(7, 12), run.Row(12), accumulate));
            yield return Case(nameof(IDevice.LinearWeightGradient), $"without bias, {Adding(accumulate)}", run => run.Device.LinearWeightGradient(
                run.Gapped(33, 7), run.Gapped(33, 12), run.Dense(7, 12), default, accumulate));
            yield return Case(nameof(IDevice.ColumnSums), Adding(accumulate), run => run.Device.ColumnSums(run.Gapped(33, 12), run.Row(12), accumulate));
        }

        yield return Case(nameof(IDevice.Linear), "with rows of a mask", run =>
        {
            DropoutMask mask = run.Mask(12, 70);
            var lower = new DropoutMask(mask.Bits.Slice(6, 6, 0, mask.Bits.Columns), mask.Scale);
            run.Device.Linear(run.Gapped(6, 3), run.Dense(3, 70), default, run.Row(70), run.Gapped(6, 70), accumulate: false, Activation.Tanh, lower);
        });
        yield return Case(nameof(IDevice.Drop), "as is", run => run.Device.Drop(run.Gapped(6, 37), run.Dense(6, 37), run.Mask(6, 37)));
        yield return Case(nameof(IDevice.Drop), "in place", run =>
        {
            Matrix x = run.Gapped(6, 37);
            run.Device.Drop(x, x, run.Mask(6, 37));
        });
        yield return Case(nameof(IDevice.DrawMask), "again in its place", run =>
        {
            DropoutMask mask = run.Mask(6, 37);
            run.Device.DrawMask(mask.Bits, 37, 0.3f, new RandomStream(5, 6, 7));
            run.Device.Drop(run.Gapped(6, 37), run.Gapped(6, 37), mask);
        });
        yield return Case(nameof(IDevice.DrawMask), "over a part of another", run =>
        {
            Matrix bits = run.Mask(6, 64).Bits, later = new(bits.Storage, 3, 4, 2, 2);
            run.Device.DrawMask(later, 37, 0.3f, new RandomStream(5, 6, 7));
            run.Device.Drop(run.Gapped(4, 37), run.Gapped(4, 37), new DropoutMask(later, 3));
        });
    }

    // What an activation may have given.
    private static Matrix Output(DeviceRun run, Activation activation) => activation.Kind switch
    {
        ActivationKind.Sigmoid => run.Gapped(6, 37, 0.01f, 0.6f),
        ActivationKind.Exp or ActivationKind.Softplus => run.Gapped(6, 37, 0.01f, 3),
        ActivationKind.Tanh => run.Gapped(6, 37, -0.6f, 0.6f),
        _ => run.Gapped(6, 37),
    };
}
