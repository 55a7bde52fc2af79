using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>A layer's three products as training calls them: dense matrices, bias and leaky activation fused, biases' gradient included.</summary>
internal static class LayerKernels
{
    public static IEnumerable<(string Name, Action Action)> Of(LayerShape shape, WorkerGang gang)
    {
        (int rows, int inputs, int outputs) = (shape.Rows, shape.Inputs, shape.Outputs);
        float[] x = Floats(rows * inputs), w = Floats(inputs * outputs), bias = Floats(outputs), y = Floats(rows * outputs);
        float[] dx = Floats(rows * inputs), dw = Floats(inputs * outputs), dBias = Floats(outputs);
        float[] scratch = GC.AllocateArray<float>(
            Math.Max(Gemm.InputGradientScratch(inputs, outputs), Gemm.WeightGradientScratch(rows, inputs, outputs)), pinned: true);
        Activation activation = Activation.LeakyRelu(0.2f);
        yield return ("forward", () => Gemm.Forward(
            x, inputs, w, outputs, bias, y, outputs, rows, inputs, outputs, activation, default, 1, gang));
        yield return ("input gradient", () => Gemm.InputGradient(
            y, outputs, w, outputs, dx, inputs, rows, inputs, outputs, false, x, inputs, activation, default, 1, scratch, gang));
        yield return ("weight gradient", () => Gemm.WeightGradient(
            x, inputs, y, outputs, dw, outputs, dBias, rows, inputs, outputs, false, scratch, gang));
    }

    private static float[] Floats(int length)
    {
        Random random = new(1);
        float[] values = GC.AllocateArray<float>(length, pinned: true);
        for (int i = 0; i < length; i++)
            values[i] = random.NextSingle() - 0.5f;
        return values;
    }
}
