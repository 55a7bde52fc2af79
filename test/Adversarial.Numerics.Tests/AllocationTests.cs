namespace Adversarial.Numerics.Tests;

public class AllocationTests
{
    [Fact]
    public void KernelsAllocateNothing()
    {
        using WorkerGang gang = new(2);
        const int Rows = 256, Inputs = 122, Outputs = 70;
        float[] x = TestData.Floats(Rows * Inputs, 1), w = TestData.Floats(Inputs * Outputs, 2), bias = TestData.Floats(Outputs, 3);
        float[] y = new float[Rows * Outputs], dx = new float[x.Length], dw = new float[w.Length], m = new float[w.Length], v = new float[w.Length];
        uint[] mask = new uint[Rows * Dropout.MaskStride(Outputs)];
        int[] order = new int[100];
        float[] scratch = new float[Math.Max(Gemm.InputGradientScratch(Inputs, Outputs), Gemm.WeightGradientScratch(Rows, Inputs, Outputs))];

        // Once per thread, buffers are made; and methods are compiled.
        for (int i = 0; i < 100; i++)
            Step(i + 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Step(i + 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step(int step)
        {
            RandomStream stream = new(1, 2, (ulong)step);
            RandomFill.Normal(stream, 0, x, 0, 1);
            RandomFill.Uniform(stream, 0, bias, 0, 1);
            RandomFill.Permutation(stream, order);
            Dropout.FillMask(mask, Rows, Outputs, 0.5f, stream);
            Gemm.Forward(x, Inputs, w, Outputs, bias, y, Outputs, Rows, Inputs, Outputs, Activation.Tanh, mask, 2, gang);
            Losses.Value(LossFunction.BinaryCrossEntropyWithLogits, y, Outputs, [], 1, 1, Rows, Outputs);
            Losses.Gradient(LossFunction.BinaryCrossEntropyWithLogits, y, Outputs, [], 1, 1, 1, y, Outputs, Rows, Outputs, false);
            Gemm.InputGradient(
                y, Outputs, w, Outputs, dx, Inputs, Rows, Inputs, Outputs, false, x, Inputs, Activation.Relu, default, 1, scratch, gang);
            Gemm.WeightGradient(x, Inputs, y, Outputs, dw, Outputs, bias, Rows, Inputs, Outputs, false, scratch, gang);
            Activations.Forward(y, Outputs, y, Outputs, Rows, Outputs, Activation.Sigmoid, gang);
            Activations.Backward(y, Outputs, y, Outputs, y, Outputs, Rows, Outputs, Activation.Sigmoid, mask, 2, true, gang);
            Dropout.Apply(y, Outputs, mask, 2, y, Outputs, Rows, Outputs, gang);
            Elementwise.Add(y, Outputs, 2, y, Outputs, Rows, Outputs);
            Elementwise.Clamp(w, w.Length, 1, w.Length, -1, 1);
            AdamKernel.Update(w, dw, m, v, 1e-3f, 0.9f, 0.999f, 1e-8f, step, 1, gang);
            Reductions.SumOfSquares(dw);
            Reductions.AllFinite(dw);
        }
    }
}
