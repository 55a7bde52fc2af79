namespace Adversarial.Detectors.Tests;

/// <summary>A detector of small networks, and rows for it. Its name is its file's.</summary>
internal sealed class GoldenCase
{
    /// <summary>Largest error in single precision.</summary>
    public const double FloatTolerance = 1e-4;

    private const int TrainingRows = 10;
    private const int AnomalyRows = 8;
    private const int ScoredRows = 20;

    private readonly ColumnRange[] _groups;

    public GoldenCase(string name, NetworkDetectorOptions options, int columns = 6, ColumnRange[]? groups = null)
    {
        options.BatchSize = 6;
        options.EnsembleSize = 1;
        options.MaximumNumberOfSteps = 10;
        options.NumberOfThreads = 1;
        options.InputScaling = InputScaling.None;
        options.Contamination = 0.05;
        (Name, Options, Columns, _groups) = (name, options, columns, groups ?? []);
        Method = DetectorRegistry.For(options);
        var random = new Random(7);
        // Batches of six and of four rows; where the method holds rows out there are four more.
        Normal = Rows(random, Method.Create(options, columns).HeldOutShare(TrainingRows) > 0 ? TrainingRows + 4 : TrainingRows, wide: false);
        Anomalies = options.LeastAnomalies > 0 ? Rows(random, AnomalyRows, wide: true) : null;
        Scored = Rows(random, ScoredRows, wide: true);
    }

    public string Name { get; }

    public DetectorDescriptor Method { get; }

    public NetworkDetectorOptions Options { get; }

    public int Columns { get; }

    public FeatureMatrix Normal { get; }

    public FeatureMatrix? Anomalies { get; }

    public FeatureMatrix Scored { get; }

    /// <summary>Whether scores take what is learned after training from the training rows.</summary>
    public bool Calibrates { get; init; }

    /// <summary>Largest error in double precision, as a share of the largest element of an array.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>The same for scores.</summary>
    public double ScoreTolerance { get; init; } = 1e-9;

    /// <summary>The same for scores in single precision.</summary>
    public double FloatScoreTolerance { get; init; } = FloatTolerance;

    public override string ToString() => Name;

    // Short decimals keep the files small.
    private FeatureMatrix Rows(Random random, int count, bool wide)
    {
        var rows = new FeatureMatrix(Columns);
        for (int r = 0; r < count; r++)
        {
            Span<float> row = rows.AppendRow();
            for (int c = 0; c < Columns; c++)
                row[c] = (float)Math.Round(wide ? 2 * random.NextDouble() - 0.5 : 0.2 + 0.6 * random.NextDouble(), 2);
            foreach (ColumnRange group in _groups)
            {
                row.Slice(group.Start, group.Length).Clear();
                row[group.Start + random.Next(group.Length)] = 1;
            }
        }

        return rows;
    }
}
