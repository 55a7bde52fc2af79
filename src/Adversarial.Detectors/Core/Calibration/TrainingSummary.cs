namespace Adversarial.Detectors;

/// <summary>What a model keeps of the rows that it was trained on, so that new rows can be told from them: how each feature and the scores are distributed.</summary>
internal sealed class TrainingSummary
{
    private const int FeaturePoints = 17;
    private const int ScorePoints = 257;

    // Points are chosen by so many rows; all rows are counted at them.
    private const int MostSampled = 2000;

    private TrainingSummary(Distribution scores, bool scoresAreAsNew, Distribution[] features) => (Scores, ScoresAreAsNew, Features) = (scores, scoresAreAsNew, features);

    /// <summary>The scores that the threshold was chosen by.</summary>
    public Distribution Scores { get; }

    /// <summary>Whether new rows of the same kind score so too: those of held-out rows do, and those of rows that nothing is learned by heart of.</summary>
    public bool ScoresAreAsNew { get; }

    /// <summary>The features, one after the other.</summary>
    public IReadOnlyList<Distribution> Features { get; }

    /// <summary>Summarises rows.</summary>
    /// <param name="rows">At least one row, all finite.</param>
    /// <param name="scores">Scores of normal rows, at least one, all finite.</param>
    /// <param name="scoresAreAsNew">Whether new rows score so too.</param>
    public static TrainingSummary Of(FeatureMatrix rows, ReadOnlySpan<float> scores, bool scoresAreAsNew)
    {
        (float[] low, float[] high) = FeatureScaling.RangeOf(rows);
        int stride = (rows.Rows + MostSampled - 1) / MostSampled;
        var sample = new float[(rows.Rows + stride - 1) / stride];
        var points = new float[rows.Columns][];
        var places = new int[rows.Columns][];
        for (int c = 0; c < rows.Columns; c++)
        {
            for (int r = 0; r < sample.Length; r++)
                sample[r] = rows[r * stride][c];
            Array.Sort(sample);
            points[c] = Distribution.ChoosePoints(sample, low[c], high[c], FeaturePoints);
            places[c] = new int[points[c].Length + 1];
        }

        for (int r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> row = rows[r];
            for (int c = 0; c < row.Length; c++)
                places[c][Distribution.PlaceOf(points[c], row[c])]++;
        }

        return new TrainingSummary(Distribution.Of(scores, ScorePoints), scoresAreAsNew, [.. points.Zip(places, (point, place) => Distribution.Of(point, place))]);
    }

    /// <summary>Bytes that <see cref="Save"/> writes at most.</summary>
    public static long MostLength(int columns) => 2 + Distribution.MostLength(ScorePoints) + columns * Distribution.MostLength(FeaturePoints);

    /// <summary>Writes what <see cref="Load"/> reads; where there is none, that as well.</summary>
    public static void Save(TrainingSummary? summary, BinaryWriter writer)
    {
        writer.Write(summary is not null);
        if (summary is null)
            return;
        writer.Write(summary.ScoresAreAsNew);
        summary.Scores.Save(writer);
        foreach (Distribution feature in summary.Features)
            feature.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">It is no distribution.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static TrainingSummary? Load(BinaryReader reader, int columns)
    {
        if (!reader.ReadBoolean())
            return null;
        bool areAsNew = reader.ReadBoolean();
        Distribution scores = Distribution.Load(reader, ScorePoints, "the scores");
        reader.RequireBytes(columns * (long)(sizeof(int) + sizeof(float) + sizeof(int)), "The features' distributions");
        var features = new Distribution[columns];
        for (int c = 0; c < columns; c++)
            features[c] = Distribution.Load(reader, FeaturePoints, $"feature {c}");
        return new TrainingSummary(scores, areAsNew, features);
    }
}
