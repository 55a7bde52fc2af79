namespace Adversarial.Detectors;

/// <summary>Scores rows by all members of a committee.</summary>
internal sealed class CommitteeBlockScorer : BlockScorer
{
    private readonly int _columns;
    private readonly float[] _rows;
    private readonly FittedMember[] _members;
    private readonly Scorer[] _scorers;
    private readonly float[] _scores;
    private readonly double[][] _heights;
    private readonly double[] _row;
    private readonly CommitteeCombination _combination;

    public CommitteeBlockScorer(FittedMember[] members, CommitteeCombination combination, int columns, int rows)
    {
        (_members, _combination, _columns) = (members, combination, columns);
        _rows = new float[rows * columns];
        _scorers = Array.ConvertAll(members, member => member.Detector.CreateScorer());
        _scores = new float[rows];
        _heights = Array.ConvertAll(members, _ => new double[rows]);
        _row = new double[members.Length];
    }

    public override Span<float> Row(int index) => _rows.AsSpan(index * _columns, _columns);

    public override void Score(Span<float> scores)
    {
        for (int m = 0; m < _members.Length; m++)
        {
            ScoreBy(_scorers[m], _scores.AsSpan(0, scores.Length));
            for (int i = 0; i < scores.Length; i++)
                _heights[m][i] = _members[m].Curve.HeightOf(_scores[i]);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            for (int m = 0; m < _row.Length; m++)
                _row[m] = _heights[m][i];
            scores[i] = Combine(_combination, _row);
        }
    }

    private void ScoreBy(Scorer scorer, Span<float> scores)
    {
        for (int start = 0; start < scores.Length; start += scorer.Capacity)
        {
            int count = Math.Min(scorer.Capacity, scores.Length - start);
            for (int i = 0; i < count; i++)
                scorer.SetRow(i, Row(start + i));
            scorer.ScoreBlock(scores.Slice(start, count));
        }
    }

    /// <summary>One score of all members' heights, which it may reorder.</summary>
    public static float Combine(CommitteeCombination combination, Span<double> heights)
    {
        double score;
        if (combination == CommitteeCombination.Median)
        {
            heights.Sort();
            score = (heights[(heights.Length - 1) / 2] + heights[heights.Length / 2]) / 2;
        }
        else
        {
            score = heights[0];
            foreach (double height in heights[1..])
                score = combination == CommitteeCombination.Mean ? score + height : Math.Max(score, height);
            if (combination == CommitteeCombination.Mean)
                score /= heights.Length;
        }

        return (float)Math.Min(score, float.MaxValue);
    }
}
