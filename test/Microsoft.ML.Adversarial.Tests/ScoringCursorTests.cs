using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Cursors score ahead of their readers, in blocks and on several threads, and show each row with its own values.</summary>
public class ScoringCursorTests
{
    // Not a multiple of a block, and more than all blocks that a cursor reads ahead on a machine of two processors.
    private const int Rows = 2345;

    private static readonly float[][] _rows = Simulated.Rows(Rows, anomalous: row => row % 7 == 0);
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(Simulated.Table(_rows[..40]));
    private static readonly float[] _expected = _model.Model.Score(FeatureMatrix.FromRows(_rows), threads: 1);

    private static (List<float> Scores, List<long> Numbers) Read()
    {
        IDataView scored = _model.Transform(
            Simulated.Table(_rows, TableColumn.Of("Number", NumberDataViewType.Int64, [.. Enumerable.Range(0, Rows).Select(row => (long)row)])));
        DataViewSchema.Column score = scored.Schema["Score"], number = scored.Schema["Number"];
        using DataViewRowCursor cursor = scored.GetRowCursor([score, number]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(score);
        ValueGetter<long> getNumber = cursor.GetGetter<long>(number);
        List<float> scores = [];
        List<long> numbers = [];
        float value = 0;
        long at = 0;
        while (cursor.MoveNext())
        {
            Assert.Equal(scores.Count, cursor.Position);
            getScore(ref value);
            getNumber(ref at);
            scores.Add(value);
            numbers.Add(at);
        }

        return (scores, numbers);
    }

    [Fact]
    public void EachRowHasItsScoreAndItsOwnValues()
    {
        (List<float> scores, List<long> numbers) = Read();
        Assert.Equal(_expected, scores);
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (long)row), numbers);
    }

    [Fact]
    public void CursorsThatAreReadAtATimeDoNotDisturbEachOther()
    {
        var read = new List<float>[6];
        Parallel.For(0, read.Length, new ParallelOptions { MaxDegreeOfParallelism = read.Length }, i => read[i] = Read().Scores);
        Assert.All(read, scores => Assert.Equal(_expected, scores));
    }
}
