namespace Adversarial.Detectors.Tests;

/// <summary>Standard and robust scaling: what is learned, where the logarithm begins, the way back, what a file keeps.</summary>
public class FeatureScalingTests
{
    private const int Rows = 101;

    // Ninety-nine values close together, and two far out on either side: a training row beyond the knee as well.
    private static readonly FeatureMatrix _tailed = FeatureMatrix.FromRows(Enumerable.Range(0, Rows)
        .Select(r => (float[])[r == 0 ? -4000 : r == 1 ? 5000 : 100 + 3 * MathF.Sin(r), r, 7]));

    public static TheoryData<InputScaling> WithTails => [InputScaling.Standard, InputScaling.Robust];

    private static FeatureMatrix Column(params float[] values) => FeatureMatrix.FromRows(values.Select(value => (float[])[value]));

    private static float Scaled(FeatureScaling scaling, float value)
    {
        var scaled = new float[1];
        Assert.True(scaling.Apply([value], scaled));
        return scaled[0];
    }

    private static FeatureScaling Reloaded(FeatureScaling scaling)
    {
        using var stream = new MemoryStream();
        scaling.Save(new BinaryWriter(stream));
        stream.Position = 0;
        FeatureScaling loaded = FeatureScaling.Load(new BinaryReader(stream), scaling.Columns, version: 3);
        Assert.Equal(stream.Length, stream.Position);
        return loaded;
    }

    [Fact]
    public void Standard_takes_mean_and_deviation()
    {
        FeatureScaling scaling = FeatureScaling.Learn(Column(2, 4, 4, 4, 5, 5, 7, 9), InputScaling.Standard);
        Assert.Equal(1, scaling.ScaledColumns);
        Assert.Equal((2, 9, 5), (scaling.Low.Span[0], scaling.High.Span[0], scaling.Mean.Span[0]));
        Assert.Equal([-1.5f, 0, 2, -3], new[] { 2f, 5, 9, -1 }.Select(value => Scaled(scaling, value)));
    }

    [Fact]
    public void Robust_takes_the_median_and_the_width_of_the_middle_nine_tenths()
    {
        // Of 0 to 99 and one value that no quantile sees: the median is 50, the middle nine tenths are 5 to 95.
        FeatureScaling scaling = FeatureScaling.Learn(Column([.. Enumerable.Range(0, 100).Select(i => (float)i), 1e9f]), InputScaling.Robust);
        Assert.Equal(0, Scaled(scaling, 50), 6);
        Assert.Equal(3.2897 * (80 - 50) / 90, Scaled(scaling, 80), 5);
    }

    [Fact]
    public void Robust_takes_the_deviation_where_nine_tenths_are_one_value()
    {
        FeatureScaling scaling = FeatureScaling.Learn(Column([.. Enumerable.Repeat(3f, 99), 13]), InputScaling.Robust);
        Assert.Equal(0, Scaled(scaling, 3), 6);
        Assert.Equal(1 / Math.Sqrt(0.01 * 0.99 * 100), Scaled(scaling, 4), 5);
    }

    [Fact]
    public void From_five_deviations_on_the_logarithm_counts()
    {
        FeatureScaling scaling = FeatureScaling.Learn(Column(-1, 1), InputScaling.Standard);
        Assert.Equal([-5, 4.9f, 5], new[] { -5f, 4.9f, 5 }.Select(value => Scaled(scaling, value)));
        Assert.Equal(5 + Math.Log(2), Scaled(scaling, 6), 5);
        Assert.Equal(-5 - Math.Log(96), Scaled(scaling, -100), 5);
        Assert.Equal(5 + Math.Log(1e20), Scaled(scaling, 1e20f), 4);
    }

    [Theory]
    [MemberData(nameof(WithTails))]
    public void It_is_strictly_monotone_up_to_1e30(InputScaling kind)
    {
        FeatureScaling scaling = FeatureScaling.Learn(Column([.. Enumerable.Range(-25, 51).Select(i => (float)i)]), kind);
        float before = 0;
        for (double value = 0.01; value < 1e30; value *= 1.02)
        {
            float scaled = Scaled(scaling, (float)value);
            Assert.True(scaled > before, $"{value} is scaled to {scaled}, and less to {before}");
            Assert.InRange(Math.Abs(scaled + Scaled(scaling, -(float)value)), 0, 1e-3);
            before = scaled;
        }

        Assert.InRange(before, 60, 100);
        Assert.True(float.IsFinite(Scaled(scaling, float.MaxValue)));
    }

    [Theory]
    [MemberData(nameof(WithTails))]
    public void It_can_be_turned_round_within_the_training_rows_range(InputScaling kind)
    {
        FeatureScaling scaling = FeatureScaling.Learn(_tailed, kind);
        float[] scaled = new float[3], row = new float[3];
        float furthest = 0;
        for (int r = 0; r < Rows; r++)
        {
            scaling.Apply(_tailed[r], scaled);
            scaling.Invert(scaled, row);
            furthest = Math.Max(furthest, Math.Abs(scaled[0]));
            Assert.All(row.Zip(_tailed[r].ToArray()), pair => Assert.InRange(pair.First, pair.Second - 1e-4 * (1 + Math.Abs(pair.Second)),
                pair.Second + 1e-4 * (1 + Math.Abs(pair.Second))));
        }

        Assert.True(furthest > FeatureScaling.Knee);
        scaling.Invert([1e9f, -1e9f, 3], row);
        Assert.Equal([5000, 0, 7], row);
    }

    [Theory]
    [MemberData(nameof(WithTails))]
    public void A_constant_feature_is_zero_and_tells_a_new_value(InputScaling kind)
    {
        FeatureScaling scaling = FeatureScaling.Learn(_tailed, kind);
        var scaled = new float[3];
        scaling.Apply([100, 50, 7], scaled);
        Assert.Equal(0, scaled[2]);
        scaling.Apply([100, 50, 14], scaled);
        Assert.Equal(1, scaled[2], 6);
        scaling.Apply([100, 50, -7e6f], scaled);
        Assert.InRange(scaled[2], -5 - Math.Log(1e6) - 0.01, -5 - Math.Log(1e6) + 0.01);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_no_number_is_told(float value)
    {
        foreach (InputScaling kind in Enum.GetValues<InputScaling>())
        {
            FeatureScaling scaling = FeatureScaling.Learn(_tailed, kind);
            Assert.False(scaling.Apply([100, value, 7], new float[3]), $"{kind}");
            Assert.True(scaling.Apply([100, 50, 7], new float[3]), $"{kind}");
        }
    }

    [Fact]
    public void Features_that_are_to_be_kept_are_taken_as_they_are()
    {
        FeatureScaling scaling = FeatureScaling.Learn(_tailed, InputScaling.Standard, keep: column => column == 1);
        Assert.Equal(2, scaling.ScaledColumns);
        var scaled = new float[3];
        scaling.Apply([100, 4.5f, 7], scaled);
        Assert.Equal(4.5f, scaled[1]);
    }

    [Fact]
    public void What_is_saved_scales_alike()
    {
        foreach (InputScaling kind in Enum.GetValues<InputScaling>())
        {
            FeatureScaling scaling = FeatureScaling.Learn(_tailed, kind), loaded = Reloaded(scaling);
            float[] expected = new float[3], actual = new float[3];
            foreach (float[] row in (float[][])[[100, 50, 7], [1e7f, -1e9f, 0], [101, 3, 1e20f]])
            {
                scaling.Apply(row, expected);
                loaded.Apply(row, actual);
                Assert.Equal(expected, actual);
                scaling.Invert(actual, expected);
                loaded.Invert(actual, actual);
                Assert.Equal(expected, actual);
            }
        }
    }

    // Before format 3 no byte says whether there are tails: there were none.
    [Fact]
    public void Content_of_format_2_has_no_tails()
    {
        using var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        foreach (float value in (float[])[10, 0.5f, 8, 12, 10])
            writer.Write(value);
        stream.Position = 0;
        FeatureScaling scaling = FeatureScaling.Load(new BinaryReader(stream), columns: 1, version: 2);
        Assert.Equal(stream.Length, stream.Position);
        Assert.Equal(45, Scaled(scaling, 100));
    }
}
