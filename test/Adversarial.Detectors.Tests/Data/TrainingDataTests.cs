namespace Adversarial.Detectors.Tests;

/// <summary>How the rows of a fit are divided.</summary>
public class TrainingDataTests
{
    private static readonly FeatureMatrix _normal = FeatureMatrix.FromRows(Enumerable.Range(0, 20).Select(r => (float[])[r / 20f]));
    private static readonly FeatureMatrix _anomalies = FeatureMatrix.FromRows(Enumerable.Range(0, 4).Select(r => (float[])[1 + r]));

    private static TrainingData Create(double share, ulong seed = 1) => TrainingData.Create(_normal, _anomalies, FeatureScaling.Identity(1), share, seed);

    private static float[] Training(TrainingData data)
    {
        var rows = new float[data.Rows];
        data.CopyRows([.. Enumerable.Range(0, rows.Length)], 0, rows.Length, rows);
        return rows;
    }

    private static float[] Values(FeatureMatrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(r => rows[r][0])];

    [Fact]
    public void Without_a_share_all_rows_are_trained_on_in_their_order()
    {
        TrainingData data = Create(0);
        Assert.Equal(Values(_normal), Training(data));
        Assert.Equal((0, 0, 4), (data.HeldOut.Rows, data.HeldOutAnomalies.Rows, data.Anomalies));
    }

    [Fact]
    public void Rows_come_in_the_order_asked_for_and_begin_again_at_its_end()
    {
        var rows = new float[9];
        Create(0).CopyRows([19, 0, 7, 3], 3, 9, rows);
        Assert.Equal(new[] { 3, 19, 0, 7, 3, 19, 0, 7, 3 }.Select(r => r / 20f), rows);
    }

    [Fact]
    public void Each_row_is_held_out_or_trained_on()
    {
        TrainingData data = Create(0.25);
        Assert.Equal((15, 5, 3, 1), (data.Rows, data.HeldOut.Rows, data.Anomalies, data.HeldOutAnomalies.Rows));
        Assert.Equal(Values(_normal), Training(data).Concat(Values(data.HeldOut)).Order());
    }

    [Fact]
    public void The_seed_decides_what_is_held_out()
    {
        Assert.Equal(Values(Create(0.25).HeldOut), Values(Create(0.25).HeldOut));
        Assert.NotEqual(Values(Create(0.25).HeldOut), Values(Create(0.25, seed: 2).HeldOut));
    }
}
