using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// The rows of one fit: normal ones to train on, normal ones that are held out, and anomalies where the method uses labels, divided alike.
/// </summary>
public sealed class TrainingData
{
    // Purposes of random streams that are no phase's.
    private const ulong SplitPurpose = 1UL << 61;

    // Rows that are on their way from memory while one is scaled.
    private const int RowsAhead = 4;

    private readonly FeatureMatrix _normal;
    private readonly FeatureMatrix? _anomalies;
    private readonly int[] _training;
    private readonly int[] _trainingAnomalies;

    private TrainingData(FeatureMatrix normal, FeatureMatrix? anomalies, FeatureScaling scaling, double heldOutShare, ulong seed)
    {
        _normal = normal;
        _anomalies = anomalies;
        Scaling = scaling;
        (_training, int[] heldOut) = Split(normal.Rows, heldOutShare, seed, SplitPurpose);
        (_trainingAnomalies, int[] heldOutAnomalies) = Split(anomalies?.Rows ?? 0, heldOutShare, seed, SplitPurpose + 1);
        HeldOut = normal.Select(heldOut);
        HeldOutAnomalies = (anomalies ?? normal).Select(heldOutAnomalies);
    }

    /// <summary>All normal rows, held out or not.</summary>
    public FeatureMatrix Normal => _normal;

    /// <summary>Number of normal rows that are trained on.</summary>
    public int Rows => _training.Length;

    /// <summary>Number of anomalies that are trained on.</summary>
    public int Anomalies => _trainingAnomalies.Length;

    /// <summary>Normal rows that are not trained on.</summary>
    public FeatureMatrix HeldOut { get; }

    /// <summary>Anomalies that are not trained on.</summary>
    public FeatureMatrix HeldOutAnomalies { get; }

    internal FeatureScaling Scaling { get; }

    /// <summary>What scores rows while the fit goes on.</summary>
    internal ScoringMemory Scoring { get; } = new();

    /// <summary>Divides the rows; with a share above 0 and at least two rows of a kind, at least one of the kind is held out and one is not.</summary>
    internal static TrainingData Create(FeatureMatrix normal, FeatureMatrix? anomalies, FeatureScaling scaling, double heldOutShare, ulong seed) =>
        new(normal, anomalies, scaling, heldOutShare, seed);

    private static (int[] Training, int[] HeldOut) Split(int rows, double share, ulong seed, ulong purpose)
    {
        var order = new int[rows];
        for (int i = 0; i < rows; i++)
            order[i] = i;
        if (share <= 0 || rows < 2)
            return (order, []);
        RandomFill.Permutation(new RandomStream(seed, purpose, 0), order);
        int heldOut = Math.Clamp((int)Math.Round(share * rows), 1, rows - 1);
        return (order[heldOut..], order[..heldOut]);
    }

    /// <summary>A normal row that is trained on.</summary>
    internal ReadOnlySpan<float> TrainingRow(int index) => _normal[_training[index]];

    /// <summary>
    /// Scaled values of so many normal rows that are trained on: in a given order from a place of it on, and from its start again where it ends.
    /// </summary>
    internal void CopyRows(int[] order, int first, int count, Span<float> scaled)
    {
        int columns = _normal.Columns;
        for (int i = 0; i < count; i++)
        {
            // Shuffled rows lie anywhere: without the hint a small step waits for them longer than it takes to scale them.
            if (i + RowsAhead < count)
                CacheHint.WillRead(TrainingRow(order[(first + i + RowsAhead) % order.Length]));
            Scaling.Apply(TrainingRow(order[(first + i) % order.Length]), scaled.Slice(i * columns, columns));
        }
    }

    /// <summary>Scaled values of an anomaly that is trained on.</summary>
    internal void CopyAnomaly(int index, Span<float> scaled) => Scaling.Apply(_anomalies![_trainingAnomalies[index]], scaled);
}
