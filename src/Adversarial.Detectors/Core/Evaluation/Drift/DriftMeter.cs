namespace Adversarial.Detectors;

/// <summary>
/// Counts new rows at the points that a model keeps of its training rows; memory does not grow with them. It serves one thread.
/// </summary>
internal sealed class DriftMeter
{
    private readonly TrainingSummary _summary;
    private readonly float _threshold;
    private readonly Sample _scores;
    private readonly Sample[] _features;
    private long _rows;
    private long _missing;
    private long _flagged;

    /// <exception cref="InvalidOperationException">The model keeps nothing of its training rows.</exception>
    public DriftMeter(Detector detector, float threshold)
    {
        _ = detector.Scaling;
        _summary = detector.Summary ?? throw new InvalidOperationException(
            $"The {detector.Descriptor.Name} model keeps nothing of its training rows: it was written by an earlier version. Train it anew, or go on training it with new rows.");
        _threshold = threshold;
        _scores = new Sample(_summary.Scores);
        _features = [.. _summary.Features.Select(feature => new Sample(feature))];
    }

    /// <summary>Counts a row; one that holds NaN or infinity counts as missing.</summary>
    public void Add(ReadOnlySpan<float> row, float score)
    {
        _rows++;
        if (!float.IsFinite(score))
        {
            _missing++;
            return;
        }

        _flagged += score > _threshold ? 1 : 0;
        _scores.Add(score);
        for (int c = 0; c < row.Length; c++)
            _features[c].Add(row[c]);
    }

    /// <summary>What the rows so far say.</summary>
    /// <param name="names">Names of the features; null numbers them.</param>
    /// <exception cref="InvalidOperationException">No row counts.</exception>
    public DetectorDrift Result(IReadOnlyList<string>? names)
    {
        if (_rows == _missing)
            throw new InvalidOperationException(_rows == 0 ? "There are no rows." : $"All {_rows} rows hold NaN or infinity: there is nothing to compare.");
        var features = new FeatureDrift[_features.Length];
        for (int c = 0; c < features.Length; c++)
        {
            double distance = _features[c].Distance();
            features[c] = new FeatureDrift(c, names?[c] is { Length: > 0 } name ? name : $"{c}", distance, KolmogorovSmirnov.PValue(distance, _summary.Features[c].Count, _rows - _missing));
        }

        double ofScores = _scores.Distance();
        return new DetectorDrift
        {
            NumberOfRows = _rows - _missing,
            NumberOfMissingRows = _missing,
            NumberOfTrainingRows = _summary.Features[0].Count,
            ScoreDistance = ofScores,
            ScorePValue = KolmogorovSmirnov.PValue(ofScores, _summary.Scores.Count, _rows - _missing),
            ScoresAreComparable = _summary.ScoresAreAsNew,
            FlaggedShare = _flagged / (double)(_rows - _missing),
            Features = [.. FeatureDrift.Adjusted(features).OrderByDescending(feature => feature.Distance).ThenBy(feature => feature.Index)],
        };
    }

    /// <summary>New values beside those of training.</summary>
    private sealed class Sample(Distribution training)
    {
        private readonly long[] _places = new long[training.Points.Length + 1];
        private long _below;
        private long _count;

        public void Add(float value)
        {
            _count++;
            _below += value < training.Points[0] ? 1 : 0;
            _places[Distribution.PlaceOf(training.Points, value)]++;
        }

        /// <summary>The greatest distance of the two shares at the kept points and just before the first.</summary>
        public double Distance()
        {
            double greatest = _below / (double)_count;
            long sum = 0;
            for (int i = 0; i < training.Points.Length; i++)
            {
                sum += _places[i];
                greatest = Math.Max(greatest, Math.Abs(sum / (double)_count - training.ShareUpTo(i)));
            }

            return greatest;
        }
    }
}
