using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>What the tape has no operation for: these carry no gradient.</summary>
internal static class TensorRows
{
    /// <summary>The sum of each row's values, a column [rows, 1].</summary>
    public static Tensor Sum(Tensor x)
    {
        Tensor ones = x.Tape.Allocate(x.Columns, 1), sums = x.Tape.Allocate(x.Rows, 1);
        x.Tape.Device.Fill(ones.Value, 1);
        x.Tape.Device.Linear(x.Value, ones.Value, default, default, sums.Value, accumulate: false, Activation.Identity, default);
        return sums;
    }

    /// <summary>One row [1, columns], given so many times.</summary>
    public static Tensor Repeat(Tape tape, in Matrix row, int rows)
    {
        Tensor ones = tape.Allocate(rows, 1), repeated = tape.Allocate(rows, row.Columns);
        tape.Device.Fill(ones.Value, 1);
        tape.Device.Linear(ones.Value, row, default, default, repeated.Value, accumulate: false, Activation.Identity, default);
        return repeated;
    }
}
