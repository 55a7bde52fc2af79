namespace Adversarial.Numerics.Tests;

/// <summary>A small network trained for fifty steps on every instruction set: rounding may differ, the way may not.</summary>
public class TrainingAgreementTests
{
    private const int Rows = 50, Inputs = 23, Hidden = 37;

    [Fact]
    public void FiftyStepsAgreeOnAllSetsAndThreads()
    {
        using WorkerGang two = new(2);
        (float[] expected, double loss) = Train(InstructionSet.Reference, WorkerGang.Single);
        Assert.InRange(loss, 1e-4, 0.5);
        float[]? vectors = null;
        foreach (InstructionSet set in TestData.AllSets.Skip(1))
        {
            (float[] actual, double actualLoss) = Train(set, WorkerGang.Single);
            Assert.Equal(loss, actualLoss, 1e-4 * loss);
            TestData.Near(expected, actual, 1e-4f, 1e-4f, set.ToString());
            TestData.SameBits(vectors ??= actual, actual, $"{set} against the narrowest vectors");
            TestData.SameBits(actual, Train(set, two).Weights, $"{set} on two threads");
        }
    }

    private static (float[] Weights, double Loss) Train(InstructionSet set, WorkerGang gang)
    {
        using IDisposable forced = Kernels.Force(set);
        const int First = Inputs * Hidden, Count = First + Hidden;
        float[] x = TestData.Floats(Rows * Inputs, 1), target = new float[Rows];
        for (int r = 0; r < Rows; r++)
            target[r] = x[r * Inputs] > x[r * Inputs + 1] ? 1 : 0;
        float[] w = TestData.Floats(Count, 2, -0.2f, 0.2f), dw = new float[Count], m = new float[Count], v = new float[Count];
        float[] bias = new float[Hidden], h = new float[Rows * Hidden], dh = new float[Rows * Hidden];
        float[] logits = new float[Rows], dLogits = new float[Rows];
        uint[] mask = new uint[Rows * Dropout.MaskStride(Hidden)];
        float[] scratch = new float[Math.Max(Gemm.WeightGradientScratch(Rows, Inputs, Hidden), Gemm.WeightGradientScratch(Rows, Hidden, 1))];
        double loss = 0;
        for (int step = 1; step <= 50; step++)
        {
            Dropout.FillMask(mask, Rows, Hidden, 0.8f, new(5, 1, (ulong)step));
            Gemm.Forward(x, Inputs, w, Hidden, bias, h, Hidden, Rows, Inputs, Hidden, Activation.Tanh, mask, 1.25f, gang);
            Gemm.Forward(h, Hidden, w.AsSpan(First), 1, default, logits, 1, Rows, Hidden, 1, Activation.Identity, default, 1, gang);
            loss = Losses.Value(LossFunction.BinaryCrossEntropyWithLogits, logits, 1, target, 1, 0, Rows, 1);
            Losses.Gradient(LossFunction.BinaryCrossEntropyWithLogits, logits, 1, target, 1, 0, 1, dLogits, 1, Rows, 1, false);
            Gemm.InputGradient(
                dLogits, 1, w.AsSpan(First), 1, dh, Hidden, Rows, Hidden, 1, false, h, Hidden, Activation.Tanh, mask, 1.25f, scratch, gang);
            Gemm.WeightGradient(h, Hidden, dLogits, 1, dw.AsSpan(First), 1, default, Rows, Hidden, 1, false, scratch, gang);
            Gemm.WeightGradient(x, Inputs, dh, Hidden, dw, Hidden, default, Rows, Inputs, Hidden, false, scratch, gang);
            AdamKernel.Update(w, dw, m, v, 0.02f, 0.9f, 0.999f, 1e-7f, step, 1, gang);
        }

        return (w, loss);
    }
}
