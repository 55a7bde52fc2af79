namespace Adversarial.Numerics.Tests;

public class ReductionTests
{
    [Fact]
    public void SumsAgreeAndVectorWidthsGiveTheSameBits()
    {
        foreach (int length in (int[])[0, 1, 5, 15, 16, 17, 33, 1000, 12345])
        {
            float[] x = TestData.Floats(length, 1), y = TestData.Floats(length, 2);
            double sum = 0, dot = 0, squares = 0;
            for (int i = 0; i < length; i++)
            {
                sum += x[i];
                dot += (double)x[i] * y[i];
                squares += (double)x[i] * x[i];
            }

            double? first = null;
            foreach (InstructionSet set in TestData.AllSets)
            {
                using IDisposable forced = Kernels.Force(set);
                Assert.Equal(sum, Reductions.Sum(x), 1e-10);
                Assert.Equal(dot, Reductions.Dot(x, y), 1e-10);
                Assert.Equal(squares, Reductions.SumOfSquares(x), 1e-10);
                if (set != InstructionSet.Reference)
                    Assert.Equal(first ??= Reductions.Sum(x), Reductions.Sum(x));
            }
        }
    }

    [Fact]
    public void SquaresOfFiniteNumbersDoNotOverflow() =>
        Assert.True(double.IsFinite(Reductions.SumOfSquares([3e38f, 3e38f])));

    [Fact]
    public void AnythingThatIsNotFiniteIsFoundAnywhere()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            float[] x = TestData.Floats(1500, 1, -1.5e38f, 1.5e38f);
            Assert.True(Reductions.AllFinite(x));
            Assert.True(Reductions.AllFinite([]));
            foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
            {
                for (int i = 0; i < x.Length; i += 37)
                {
                    float former = x[i];
                    x[i] = bad;
                    Assert.False(Reductions.AllFinite(x));
                    x[i] = former;
                }
            }
        }
    }
}
