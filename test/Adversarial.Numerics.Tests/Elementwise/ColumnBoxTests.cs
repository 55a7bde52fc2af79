namespace Adversarial.Numerics.Tests;

public sealed class ColumnBoxTests
{
    public static TheoryData<int> Widths => [1, 7, 8, 9, 16, 121];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Tells_which_rows_lie_inside(int columns)
    {
        float[] low = [.. Enumerable.Range(0, columns).Select(c => c - 0.5f)], high = [.. low.Select(value => value + 1)];
        Assert.True(ColumnBox.Contains(low, low, high));
        Assert.True(ColumnBox.Contains(high, low, high));
        for (int c = 0; c < columns; c++)
        {
            foreach (float outside in (float[])[MathF.BitDecrement(low[c]), MathF.BitIncrement(high[c]), float.NaN, float.NegativeInfinity, float.PositiveInfinity])
            {
                float[] row = [.. low];
                row[c] = outside;
                Assert.False(ColumnBox.Contains(row, low, high), $"{outside} at {c}");
            }
        }
    }

    [Fact]
    public void Refuses_other_lengths()
    {
        Assert.Throws<ArgumentException>(() => ColumnBox.Contains(new float[3], new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => ColumnBox.Contains(new float[3], new float[3], new float[2]));
    }
}
