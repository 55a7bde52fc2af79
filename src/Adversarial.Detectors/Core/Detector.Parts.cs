namespace Adversarial.Detectors;

/// <content>Fits whose parts need nothing of each other: each may run elsewhere, and the detector is the one that a fit in one place gives, to the bit.</content>
public abstract partial class Detector
{
    /// <summary>The parts of the fit that is going on, where they were trained elsewhere.</summary>
    private protected FitParts? Parts { get; private set; }

    /// <summary>Trains one part of a fit; the detector stays unfitted.</summary>
    /// <param name="rows">The rows of the whole fit.</param>
    /// <param name="anomalies">Its known anomalies.</param>
    /// <param name="part">From 0 to the options' <see cref="DetectorOptions.PartCount"/> - 1.</param>
    /// <param name="attempt">How often training has begun anew before; all parts of a fit have the same.</param>
    /// <returns>What <see cref="FitFromParts"/> takes.</returns>
    /// <exception cref="TrainingDivergedException">All parts are to begin anew with the next attempt.</exception>
    internal byte[] FitPart(FeatureMatrix rows, FeatureMatrix? anomalies, int part, int attempt)
    {
        if (Options.Seed is null)
            throw new InvalidOperationException($"Parts of a fit share their seed: set option {nameof(Options.Seed)}.");
        (int seed, _, RowSplit split) = Start(rows, anomalies, previous: null);
        try
        {
            return LearnPart(split.Kept, seed, Options.NumberOfThreads ?? DefaultThreads, part, attempt);
        }
        finally
        {
            _scaling = null;
            End();
        }
    }

    /// <summary>A fit whose parts are trained already.</summary>
    /// <param name="rows">The rows that they were trained on.</param>
    /// <param name="anomalies">Their known anomalies.</param>
    /// <param name="parts">What <see cref="FitPart"/> gave with the same options and attempt.</param>
    /// <exception cref="TrainingDivergedException">All parts are to begin anew with the next attempt; after the last one it says so.</exception>
    /// <exception cref="FormatException">They are parts of another fit.</exception>
    internal void FitFromParts(FeatureMatrix rows, FeatureMatrix? anomalies, FitParts parts)
    {
        if (parts.Trained.Count != Options.PartCount)
            throw new FormatException($"{parts.Trained.Count} parts were trained, and the fit has {Options.PartCount}.");
        Parts = parts;
        try
        {
            Train(rows, anomalies, previous: null);
        }
        finally
        {
            Parts = null;
        }
    }

    /// <summary>Trains one part on <see cref="Data"/>.</summary>
    private protected virtual byte[] LearnPart(FeatureMatrix rows, int seed, int threads, int part, int attempt) =>
        throw new NotSupportedException($"A fit of {Descriptor.Name} with these options has no parts.");

    /// <summary>What a detector from a file lacks of one that was just fitted.</summary>
    internal void CompleteFit(int restarts, float[] trainingScores) => (Restarts, _trainingScores) = (restarts, trainingScores);
}

/// <summary>The trained parts of a fit.</summary>
/// <param name="Trained">One for each part, in order.</param>
/// <param name="Attempt">How often training has begun anew.</param>
internal sealed record FitParts(IReadOnlyList<byte[]> Trained, int Attempt);
