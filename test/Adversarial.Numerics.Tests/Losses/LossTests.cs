namespace Adversarial.Numerics.Tests;

public class LossTests
{
    [Fact]
    public void ValuesAndGradientsAgreeWithDoublePrecision()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            foreach (LossFunction loss in Enum.GetValues<LossFunction>())
            {
                foreach (int columns in (int[])[1, 2, 7, 8, 33, 300])
                {
                    for (int flags = 0; flags < 4; flags++)
                        Check(loss, 5, columns, (flags & 1) != 0 ? 3 : 0, (flags & 2) != 0, $"{set} {loss} {columns} {flags}");
                }
            }
        }
    }

    private static void Check(LossFunction loss, int rows, int columns, int gap, bool constant, string what)
    {
        int ld = columns + gap, length = rows * ld;
        bool probability = loss == LossFunction.BinaryCrossEntropy;
        float[] x = probability ? TestData.Floats(length, 1, 0.001f, 0.999f) : TestData.Floats(length, 1, -8, 8);
        float[] targets = TestData.Floats(length, 2, 0, 1);
        double sum = 0;
        float[] expected = TestData.Floats(length, 3), actual = TestData.Floats(length, 3);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                int i = r * ld + c;
                (double value, double slope) = Of(loss, x[i], constant ? 0.25f : targets[i]);
                sum += value;
                expected[i] += (float)(0.5 * slope / (rows * columns));
            }
        }

        double mean = Numerics.Losses.Value(loss, x, ld, constant ? [] : targets, ld, 0.25f, rows, columns);
        Assert.True(Math.Abs(mean - sum / (rows * columns)) <= 1e-6 * (1 + Math.Abs(mean)), $"{what}: {mean} for {sum / (rows * columns)}");
        Numerics.Losses.Gradient(loss, x, ld, constant ? [] : targets, ld, 0.25f, 0.5f, actual, ld, rows, columns, accumulate: true);
        TestData.Near(expected, actual, 1e-5f, 1e-6f, what);
        float[] fresh = new float[length], zero = new float[length];
        Numerics.Losses.Gradient(loss, x, ld, constant ? [] : targets, ld, 0.25f, 0.5f, fresh, ld, rows, columns, accumulate: false);
        Numerics.Losses.Gradient(loss, x, ld, constant ? [] : targets, ld, 0.25f, 0.5f, zero, ld, rows, columns, accumulate: true);
        TestData.SameBits(zero, fresh, what);
    }

    private static (double Value, double Slope) Of(LossFunction loss, double x, double t) => loss switch
    {
        LossFunction.BinaryCrossEntropy => (-t * Math.Log(x) - (1 - t) * Math.Log(1 - x), (x - t) / (x * (1 - x))),
        LossFunction.BinaryCrossEntropyWithLogits => (Math.Max(x, 0) - x * t + Math.Log(1 + Math.Exp(-Math.Abs(x))), 1 / (1 + Math.Exp(-x)) - t),
        LossFunction.MeanSquaredError => ((x - t) * (x - t), 2 * (x - t)),
        LossFunction.MeanAbsoluteError => (Math.Abs(x - t), Math.Sign(x - t)),
        LossFunction.ExpMinusIdentity => (Math.Exp(x) - x, Math.Exp(x) - 1),
        _ => (x, 1),
    };

    [Fact]
    public void ConfidentLogitsKeepTheirSmallLossAndGradient()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] gradient = new float[1];
            foreach ((float x, float t) in ((float, float)[])[(20, 1), (-20, 0), (40, 1), (-40, 0)])
            {
                Assert.Equal(1, Value(x, t) / Math.Exp(-Math.Abs(x)), 1e-6);
                Numerics.Losses.Gradient(LossFunction.BinaryCrossEntropyWithLogits, [x], 1, [], 1, t, 1, gradient, 1, 1, 1, false);
                Assert.Equal(1, gradient[0] / (Math.Exp(-Math.Abs(x)) * (t > 0 ? -1 : 1)), 1e-6);
            }

            Assert.Equal(0, Value(1e30f, 1));
            Assert.Equal(0, Value(-1e30f, 0));
            Assert.Equal(1e30f, Value(1e30f, 0));
            Assert.Equal(1e30f, Value(-1e30f, 1));
        }

        static double Value(float x, float t) => Numerics.Losses.Value(LossFunction.BinaryCrossEntropyWithLogits, [x], 1, [], 1, t, 1, 1);
    }

    [Fact]
    public void NaNInGivesNaNOut()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            foreach (LossFunction loss in Enum.GetValues<LossFunction>())
            {
                float[] x = [0.5f, float.NaN, 0.5f], gradient = new float[3];
                Assert.True(double.IsNaN(Numerics.Losses.Value(loss, x, 3, [], 3, 0.5f, 1, 3)), $"{set} {loss}");
                Numerics.Losses.Gradient(loss, x, 3, [], 3, 0.5f, 1, gradient, 3, 1, 3, false);
                Assert.True(loss == LossFunction.Mean || float.IsNaN(gradient[1]), $"{set} {loss}");
                Assert.True(float.IsFinite(gradient[0]) && float.IsFinite(gradient[2]), $"{set} {loss}");
            }
        }
    }

    [Fact]
    public void ProbabilitiesAreClampedAsKerasDoes()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] p = [0, 1, 2, -1], gradient = new float[4];
            double clamped = -Math.Log(1e-7), other = -Math.Log(1 - (1 - (double)(1 - 1e-7f)));
            Assert.Equal((clamped + 3 * other) / 4, Numerics.Losses.Value(LossFunction.BinaryCrossEntropy, p, 4, [1, 1, 1, 0], 4, 0, 1, 4), 1e-5);
            Numerics.Losses.Gradient(LossFunction.BinaryCrossEntropy, p, 4, [1, 1, 1, 0], 4, 0, 1, gradient, 4, 1, 4, false);
            Assert.Equal([0, 0, 0, 0], gradient);
        }
    }

    [Fact]
    public void TheStrideHasNoSayInTheSum()
    {
        float[] dense = TestData.Floats(700 * 3, 1), wide = new float[700 * 5];
        Elementwise.Copy(dense, 3, wide, 5, 700, 3);
        foreach (LossFunction loss in Enum.GetValues<LossFunction>())
        {
            Assert.Equal(
                Numerics.Losses.Value(loss, dense, 3, [], 3, 0.3f, 700, 3), Numerics.Losses.Value(loss, wide, 5, [], 5, 0.3f, 700, 3));
        }
    }

    [Fact]
    public void NoElementsAreRefused() => Assert.Throws<ArgumentException>(
        () => Numerics.Losses.Value(LossFunction.Mean, [], 1, [], 1, 0, 0, 1));
}
