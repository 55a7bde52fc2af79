namespace Adversarial.Numerics.Tests;

/// <summary>One dense layer with strides wider than its matrices, and its three products.</summary>
internal sealed class GemmCase
{
    private readonly int _gap;

    public GemmCase(int rows, int inputs, int outputs, int seed = 1, int gap = 3)
    {
        (Rows, Inputs, Outputs, _gap) = (rows, inputs, outputs, gap);
        X = TestData.Floats(rows * LdX, seed);
        W = TestData.Floats(inputs * LdW, seed + 1);
        Bias = TestData.Floats(outputs, seed + 2);
        Scale = TestData.Floats(outputs, seed + 4);
        Start = TestData.Floats(rows * LdY, seed + 3);
        Mask = new uint[rows * Dropout.MaskStride(outputs)];
        InputMask = new uint[rows * Dropout.MaskStride(inputs)];
        Random random = new(seed);
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Mask.AsSpan()));
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(InputMask.AsSpan()));
    }

    public int Rows { get; }
    public int Inputs { get; }
    public int Outputs { get; }
    public int LdX => Inputs + _gap;
    public int LdW => Outputs + _gap;
    public int LdY => Outputs + 2 * _gap;
    public float[] X { get; }
    public float[] W { get; }
    public float[] Bias { get; }
    public float[] Scale { get; }
    public float[] Start { get; }
    public uint[] Mask { get; }
    public uint[] InputMask { get; }

    public float[] Forward(
        InstructionSet set, Activation activation, bool bias = true, bool mask = false, bool accumulate = false, WorkerGang? gang = null,
        bool scale = false, PackedWeights? packed = null)
    {
        float[] y = (float[])Start.Clone();
        using (Kernels.Force(set))
        {
            Adversarial.Numerics.Gemm.Forward(
                X, LdX, W, LdW, bias ? Bias : [], y, LdY, Rows, Inputs, Outputs, activation, mask ? Mask : [], 2, gang ?? WorkerGang.Single,
                accumulate, scale ? Scale : [], packed);
        }

        return y;
    }

    public float[] InputGradient(
        InstructionSet set, bool accumulate = false, Activation? activation = null, bool mask = false, WorkerGang? gang = null,
        PackedWeights? packed = null)
    {
        float[] dx = TestData.Floats(Rows * LdX, 9);
        float[] scratch = new float[Adversarial.Numerics.Gemm.InputGradientScratch(Inputs, Outputs)];
        using (Kernels.Force(set))
        {
            Adversarial.Numerics.Gemm.InputGradient(
                Start, LdY, W, LdW, dx, LdX, Rows, Inputs, Outputs, accumulate, activation == null ? [] : X, LdX, activation ?? default,
                mask ? InputMask : [], 2, scratch, gang ?? WorkerGang.Single, packed);
        }

        return dx;
    }

    public float[] WeightGradient(InstructionSet set, bool accumulate = false, bool bias = true, WorkerGang? gang = null)
    {
        float[] dw = (float[])W.Clone();
        float[] dBias = bias ? (float[])Bias.Clone() : [];
        float[] scratch = new float[Adversarial.Numerics.Gemm.WeightGradientScratch(Rows, Inputs, Outputs)];
        using (Kernels.Force(set))
        {
            Adversarial.Numerics.Gemm.WeightGradient(
                X, LdX, Start, LdY, dw, LdW, dBias, Rows, Inputs, Outputs, accumulate, scratch, gang ?? WorkerGang.Single);
        }

        return [.. dw, .. dBias];
    }
}
