namespace Adversarial.Numerics.Tests;

public sealed class ColumnScalingTests
{
    public static TheoryData<int> Widths => [1, 7, 8, 9, 121];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Scales_and_cuts_each_column(int columns)
    {
        var random = new Random(columns);
        float[] x = Draw(random, columns), offset = Draw(random, columns), scale = Draw(random, columns), y = new float[columns];
        x[columns / 2] = float.MaxValue;
        offset[columns / 2] = float.MinValue;
        Assert.True(ColumnScaling.Apply(x, offset, scale, 100, y));
        for (int c = 0; c < columns; c++)
            Assert.Equal((float)Math.Clamp(((double)x[c] - offset[c]) * scale[c], -100, 100), y[c]);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Without_scaling_gives_the_bits_of_offsets_0_and_scales_1(int columns)
    {
        float[] x = Draw(new Random(columns), columns), ones = new float[columns], expected = new float[columns], y = new float[columns];
        Array.Fill(ones, 1);
        x[0] = -0f;
        x[columns / 2] = float.MinValue;
        Assert.True(ColumnScaling.Apply(x, new float[columns], ones, 5, expected));
        Assert.True(ColumnScaling.Apply(x, 5, y));
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), y.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [InlineData(3, float.NaN)]
    [InlineData(20, float.PositiveInfinity)]
    [InlineData(20, float.NegativeInfinity)]
    public void Tells_rows_that_are_not_finite(int columns, float value)
    {
        for (int c = 0; c < columns; c++)
        {
            float[] x = new float[columns], ones = new float[columns], y = new float[columns];
            Array.Fill(ones, 1);
            x[c] = value;
            Assert.False(ColumnScaling.Apply(x, new float[columns], ones, 1, y));
            Assert.False(ColumnScaling.Apply(x, 1, y));
        }
    }

    [Fact]
    public void Refuses_other_lengths()
    {
        Assert.Throws<ArgumentException>(() => ColumnScaling.Apply(new float[3], new float[2], new float[3], 1, new float[3]));
        Assert.Throws<ArgumentException>(() => ColumnScaling.Apply(new float[3], 1, new float[2]));
    }

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 20 * random.NextSingle() - 10)];
}
