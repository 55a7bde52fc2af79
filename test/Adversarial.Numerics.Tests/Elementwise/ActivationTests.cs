namespace Adversarial.Numerics.Tests;

public class ActivationTests
{
    private static readonly Activation[] _all =
        [Activation.Identity, Activation.Relu, Activation.LeakyRelu(0.2f), Activation.LeakyRelu(1.5f), Activation.Sigmoid, Activation.Tanh,
        Activation.Exp, Activation.Softplus];

    [Fact]
    public void ForwardAndBackwardAgreeWithTheReferenceOnAllSets()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            foreach (Activation activation in _all)
            {
                for (int columns = 1; columns <= 40; columns++)
                {
                    const int Rows = 3;
                    int gap = columns % 3;
                    float[] x = TestData.Floats(Rows * (columns + gap), columns, -6, 6);
                    float[] expected = (float[])x.Clone(), actual = (float[])x.Clone();
                    uint[] mask = [.. Enumerable.Range(0, Rows * Dropout.MaskStride(columns)).Select(i => 0x9E3779B9u * (uint)(i + 1))];
                    using (Kernels.Force(InstructionSet.Reference))
                        Activations.Forward(x, columns + gap, expected, columns + gap, Rows, columns, activation, WorkerGang.Single);
                    using (Kernels.Force(set))
                        Activations.Forward(x, columns + gap, actual, columns + gap, Rows, columns, activation, WorkerGang.Single);
                    TestData.Near(expected, actual, 4e-7f, 1e-37f, $"{set} {activation} {columns} forward");
                    for (int flags = 0; flags < 4; flags++)
                    {
                        bool accumulate = (flags & 1) != 0;
                        uint[] bits = (flags & 2) != 0 ? mask : [];
                        float[] dy = TestData.Floats(x.Length, 7), first = TestData.Floats(x.Length, 8), second = (float[])first.Clone();
                        using (Kernels.Force(InstructionSet.Reference))
                            Backward(expected, dy, first);
                        using (Kernels.Force(set))
                            Backward(expected, dy, second);
                        TestData.Near(first, second, 4e-7f, 1e-7f, $"{set} {activation} {columns} backward {flags}");

                        void Backward(float[] y, float[] dy, float[] dx) => Activations.Backward(
                            y, columns + gap, dy, columns + gap, dx, columns + gap, Rows, columns, activation, bits, 2, accumulate, WorkerGang.Single);
                    }
                }
            }
        }
    }

    [Fact]
    public void ExtremesStayFiniteAndNaNStaysNaN()
    {
        float[] x = [0, -0f, 1e30f, -1e30f, 100, -100, 88, -88, 1e-30f, -1e-30f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            foreach (Activation activation in _all)
            {
                float[] y = new float[x.Length];
                Activations.Forward(x, x.Length, y, x.Length, 1, x.Length, activation, WorkerGang.Single);
                for (int i = 0; i < x.Length - 1; i++)
                    Assert.False(float.IsNaN(y[i]), $"{set} {activation} of {x[i]}");
                Assert.True(float.IsNaN(y[^1]), $"{set} {activation} of NaN");
                if (activation.Kind == ActivationKind.Sigmoid)
                {
                    Assert.Equal(1, y[2]);
                    Assert.Equal(0, y[3]);
                    Assert.Equal(0.5f, y[0]);
                    Assert.InRange(y[5], 3.7e-44f, 3.8e-44f);
                }

                if (activation.Kind == ActivationKind.Tanh)
                {
                    Assert.Equal(1, y[2]);
                    Assert.Equal(-1, y[3]);
                    Assert.Equal(1e-30f, y[8]);
                }
            }
        }
    }

    [Fact]
    public void ElementaryFunctionsAreAccurate()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] x = TestData.Floats(100_000, 3, -20, 20), y = new float[x.Length];
            Activations.Forward(x, x.Length, y, x.Length, 1, x.Length, Activation.Sigmoid, WorkerGang.Single);
            for (int i = 0; i < x.Length; i++)
                Close(1 / (1 + Math.Exp(-x[i])), y[i], x[i]);
            Activations.Forward(x, x.Length, y, x.Length, 1, x.Length, Activation.Tanh, WorkerGang.Single);
            for (int i = 0; i < x.Length; i++)
                Close(Math.Tanh(x[i]), y[i], x[i]);
            Activations.Forward(x, x.Length, y, x.Length, 1, x.Length, Activation.Exp, WorkerGang.Single);
            for (int i = 0; i < x.Length; i++)
                Close(Math.Exp(x[i]), y[i], x[i]);
        }

        static void Close(double expected, float actual, float x) =>
            Assert.True(Math.Abs(actual - expected) <= 5e-7 * Math.Abs(expected), $"{actual:R} for {expected:R} at {x:R}");
    }

    [Fact]
    public void AValueDoesNotDependOnItsPosition()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            foreach (Activation activation in _all)
            {
                float[] x = TestData.Floats(67, 5, -9, 9), whole = new float[67], single = new float[67];
                Activations.Forward(x, 67, whole, 67, 1, 67, activation, WorkerGang.Single);
                Activations.Forward(x, 1, single, 1, 67, 1, activation, WorkerGang.Single);
                TestData.SameBits(whole, single, $"{set} {activation} dense");
                for (int i = 0; i < 67; i++)
                    Activations.Forward(x.AsSpan(i), 1, single.AsSpan(i), 1, 1, 1, activation, WorkerGang.Single);
                TestData.SameBits(whole, single, $"{set} {activation} one by one");
            }
        }
    }

    [Fact]
    public void VectorWidthsGiveTheSameBits()
    {
        float[] x = TestData.Floats(999, 5, -9, 9);
        foreach (Activation activation in _all)
        {
            float[][] results = [.. TestData.AllSets.Skip(1).Select(set =>
            {
                using IDisposable forced = Kernels.Force(set);
                float[] y = new float[x.Length];
                Activations.Forward(x, x.Length, y, x.Length, 1, x.Length, activation, WorkerGang.Single);
                return y;
            })];
            TestData.SameBits(results[0], results[1], $"{activation} 128 and 256");
            TestData.SameBits(results[0], results[2], $"{activation} 128 and 512");
        }
    }
}
