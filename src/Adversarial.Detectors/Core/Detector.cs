using System.Globalization;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// An anomaly detector over rows of floats: <see cref="Fit"/> once, then score. A score is a function of the row alone; higher is more
/// anomalous. A fitted detector may be scored from any number of threads.
/// </summary>
public abstract partial class Detector
{
    private const int MostDefaultThreads = 8;

    private FeatureScaling? _scaling;
    private OutOfRangeGuard? _guard;
    private TrainingData? _data;
    private ReferenceScores? _reference;
    private float[] _trainingScores = [];

    /// <summary>Takes copied and validated options.</summary>
    protected Detector(DetectorOptions options, int columns)
    {
        Options = options;
        Columns = columns;
    }

    /// <summary>Threads that work where nothing else is asked for: one for each processor, at most 8.</summary>
    internal static int DefaultThreads => Math.Min(Environment.ProcessorCount, MostDefaultThreads);

    /// <summary>The method.</summary>
    public DetectorDescriptor Descriptor { get; internal set; } = null!;

    /// <summary>The options it was made with.</summary>
    public DetectorOptions Options { get; }

    /// <summary>Number of features of a row.</summary>
    public int Columns { get; }

    /// <summary>Whether it can score.</summary>
    public bool IsFitted => _scaling is not null;

    /// <summary>Rows with a score above this are anomalies.</summary>
    public float Threshold { get; set; } = float.NaN;

    /// <summary>
    /// Scores of the training rows, in their order, held out or not; empty for a loaded detector. Of a detector that keeps training rows and measures distances
    /// to them, each row's score is the one that it has without itself among them: what a new row like it would score.
    /// </summary>
    public ReadOnlyMemory<float> TrainingScores => _trainingScores;

    /// <summary>Features that are rescaled before the method sees them; which these are depends on <see cref="DetectorOptions.InputScaling"/>.</summary>
    public int ScaledColumns => _scaling?.ScaledColumns ?? 0;

    /// <summary>The least value of each feature in the training rows.</summary>
    /// <exception cref="InvalidOperationException">The detector is not fitted.</exception>
    public ReadOnlyMemory<float> FeatureMinima => Scaling.Low;

    /// <summary>The greatest value of each feature in the training rows.</summary>
    /// <exception cref="InvalidOperationException">The detector is not fitted.</exception>
    public ReadOnlyMemory<float> FeatureMaxima => Scaling.High;

    /// <summary>How often the last fit began anew because training diverged or collapsed.</summary>
    public int Restarts { get; private protected set; }

    /// <summary>The rows of the fit that is going on.</summary>
    protected TrainingData Data => _data ?? throw new InvalidOperationException("There are training rows during a fit only.");

    /// <summary>Memory that the scorers of a fit leave to each other; null where none goes on.</summary>
    internal ScoringMemory? Scoring => _data?.Scoring;

    /// <summary>Share of so many rows that the method does not train on but keeps to measure itself, in [0, 1).</summary>
    protected internal virtual double HeldOutShare(int rows) => 0;

    /// <summary>
    /// Whether <see cref="TrainingScores"/> are those of rows that were left out of the model, and so differ from what <see cref="Score"/> says
    /// of the same rows. A threshold of a row's distance to itself would hold on no new row.
    /// </summary>
    internal virtual bool LeavesTrainingRowsOut => false;

    /// <summary>
    /// Whether rows that it was trained on score lower than new ones, so that few of them say nothing about these.
    /// </summary>
    internal virtual bool FlattersTrainingRows => false;

    /// <summary>
    /// Whether scores of so many training rows lie measurably below those of new ones: too little to hold rows out for the threshold, but enough to be taken
    /// for drift.
    /// </summary>
    private protected virtual bool KnowsTrainingRows(int rows) => FlattersTrainingRows;

    /// <summary>What is known of the training rows' distribution; null for a member of a committee, which keeps one for all, and for models of earlier versions.</summary>
    internal TrainingSummary? Summary { get; private set; }

    /// <summary>Whether a fit makes a <see cref="Summary"/> and tells what is wrong with its threshold: the committee does both for its members.</summary>
    internal bool StandsAlone { get; set; } = true;

    /// <summary>What raises the scores of rows outside the training rows' range; null where nothing does.</summary>
    internal OutOfRangeGuard? Guard => _guard;

    internal FeatureScaling Scaling => _scaling ?? throw new InvalidOperationException("The detector is not fitted: call Fit or load a model.");

    /// <summary>Trains on rows that are taken to be normal, then sets <see cref="Threshold"/> from their scores.</summary>
    /// <param name="rows">At least two rows of <see cref="Columns"/> features.</param>
    /// <param name="anomalies">Rows known to be anomalies, for a method that uses labels.</param>
    /// <exception cref="NonFiniteFeatureException">A row holds NaN or infinity.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are fewer than two rows, or than three where some are to be held out, fewer anomalies than the method needs, a checkpoint of another
    /// fit, or what is to be trained is too large for the memory of the process.
    /// </exception>
    /// <exception cref="ArgumentException">The rows have another number of features, anomalies are given to a method that uses none, or <see cref="NetworkDetectorOptions.CheckpointPath"/> is a folder.</exception>
    /// <exception cref="TrainingDivergedException">Training diverged or collapsed, also after two restarts.</exception>
    /// <exception cref="FormatException">The file at <see cref="NetworkDetectorOptions.CheckpointPath"/> is no checkpoint, truncated or damaged.</exception>
    /// <exception cref="IOException">The folder of <see cref="NetworkDetectorOptions.CheckpointPath"/> does not exist or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, and what is trained so far is not asked for.</exception>
    public void Fit(FeatureMatrix rows, FeatureMatrix? anomalies = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Train(rows, anomalies, previous: null);
    }

    /// <summary>
    /// Goes on training from the weights of a fitted detector: its scaling is kept, the training rows' range is widened to the new rows; threshold,
    /// calibration and what else is learned from scores is learned anew, from the new rows alone. The moments of optimisers begin anew.
    /// </summary>
    /// <param name="rows">New rows that are taken to be normal; with old ones among them less is forgotten.</param>
    /// <param name="anomalies">Rows known to be anomalies, for a method that uses labels.</param>
    /// <param name="previous">A fitted detector of the same method, the same features and networks of the same sizes; it stays as it is.</param>
    /// <exception cref="ArgumentException">It is another kind of detector; besides what <see cref="Fit(FeatureMatrix, FeatureMatrix?)"/> says.</exception>
    /// <exception cref="NotSupportedException">The method trains no networks of its own: fit it to old and new rows together.</exception>
    public void FitFrom(FeatureMatrix rows, FeatureMatrix? anomalies, Detector previous)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(previous);
        Train(rows, anomalies, previous);
    }

    private void Train(FeatureMatrix rows, FeatureMatrix? anomalies, Detector? previous)
    {
        (int seed, rows, RowSplit split) = Start(rows, anomalies, previous);
        try
        {
            int threads = Options.NumberOfThreads ?? DefaultThreads;
            float[] scores = Learn(split.Kept, seed, threads);
            _guard = OutOfRangeGuard.Learn(Scaling, scores, Options.OutOfRangeWeight);
            // Whatever is learned is learned by now: to the detector these rows are as new as any.
            float[] heldOut = Score(split.Apart, threads);
            _trainingScores = split.Merge(scores, heldOut);
            SetReference(heldOut);
            float[] asNew = heldOut.Length > 0 ? heldOut : ScoresAsNew(scores);
            ChooseThreshold(asNew, heldOut.Length > 0);
            Summary = StandsAlone ? TrainingSummary.Of(rows, asNew, heldOut.Length > 0 || !KnowsTrainingRows(split.Kept.Rows)) : null;
        }
        catch
        {
            _scaling = null;
            throw;
        }
        finally
        {
            End();
        }
    }

    private (FeatureMatrix Rows, FeatureMatrix? Anomalies) Sample(FeatureMatrix rows, FeatureMatrix? anomalies, int seed)
    {
        FeatureMatrix kept = Reservoir.OfFit(Options.MaximumTrainingRows, seed).Draw(rows);
        if (kept.Rows < rows.Rows)
        {
            new ProgressReporter(Options.Progress).Report(TrainingProgress.Note(string.Create(CultureInfo.InvariantCulture,
                $"{kept.Rows:N0} of {rows.Rows:N0} training rows are learned from, drawn by the seed ({nameof(Options.MaximumTrainingRows)}).")));
        }

        return (kept, anomalies is null ? null : Reservoir.OfFit(Options.MaximumTrainingRows, seed, ofAnomalies: true).Draw(anomalies));
    }

    /// <summary>Of the training rows' scores those that new rows would have as well.</summary>
    private protected virtual float[] ScoresAsNew(float[] scores) => scores;

    /// <summary>All that goes before learning: the seed of the fit, and which rows are learned from.</summary>
    private (int Seed, FeatureMatrix Rows, RowSplit Split) Start(FeatureMatrix rows, FeatureMatrix? anomalies, Detector? previous)
    {
        BeginFrom(previous);
        TrainingRows.Validate(rows, anomalies, Columns, Options.LeastAnomalies, Descriptor?.Name ?? GetType().Name);
        int seed = Options.Seed ?? Random.Shared.Next();
        (rows, anomalies) = Sample(rows, anomalies, seed);
        RequireMemory(rows.Rows);
        seed = Prepare(seed, rows, anomalies);
        RowSplit split = CalibrationRows.Split(rows, Options, FlattersTrainingRows, DeriveSeed(seed, 0));
        FeatureScaling scaling = previous is null ? LearnScaling(split.Kept) : previous.Scaling.WithRowsOf(split.Kept);
        scaling.RequireVisibleRange();
        Begin(TrainingData.Create(split.Kept, anomalies, scaling, HeldOutShare(split.Kept.Rows), DeriveSeed(seed, 0)));
        return (seed, rows, split);
    }

    private void ChooseThreshold(float[] scores, bool heldOut)
    {
        ThresholdRule rule = ThresholdRule.Of(Options);
        Threshold = rule.Choose(scores);
        if (StandsAlone && (rule.DescribeShortage(scores.Length) ?? rule.DescribeTies(scores, Threshold, heldOut ? "held-out" : "training")
            ?? CalibrationRows.DescribeShortage(scores.Length, Options, FlattersTrainingRows && !heldOut)) is { } warning)
            new ProgressReporter(Options.Progress).Report(TrainingProgress.Done(Restarts, warning));
    }

    /// <summary>Features that are never scaled: those of one-hot groups.</summary>
    private protected virtual bool IsCategory(int column) => false;

    /// <summary>The same, for what stands around a detector.</summary>
    internal bool KeepsCategory(int column) => IsCategory(column);

    private protected FeatureScaling LearnScaling(FeatureMatrix rows) => Options.Images is { } image
        ? FeatureScaling.LearnImages(rows, image.ScalingOf(Options.InputScaling), image)
        : FeatureScaling.Learn(rows, Options.InputScaling, IsCategory);

    /// <summary>Refuses, before anything is computed, what cannot be trained in the memory that there is.</summary>
    private protected abstract void RequireMemory(int rows);

    /// <summary>Takes what a fit is to begin with from a fitted detector; null: nothing.</summary>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    /// <exception cref="NotSupportedException">The method cannot.</exception>
    private protected virtual void BeginFrom(Detector? previous)
    {
        if (previous is not null)
            throw new NotSupportedException($"{Descriptor.Name} does not go on training from a model, as methods that train networks do: fit it to old and new rows together.");
    }

    /// <summary>What a method does before it learns; gives the seed of the fit.</summary>
    private protected virtual int Prepare(int seed, FeatureMatrix rows, FeatureMatrix? anomalies) => seed;

    /// <summary>Trains on <see cref="Data"/>; gives the scores of all rows, without the guard.</summary>
    private protected abstract float[] Learn(FeatureMatrix rows, int seed, int threads);

    /// <summary>Makes the rows of a fit known to the method.</summary>
    internal virtual void Begin(TrainingData data)
    {
        _data = data;
        _scaling = data.Scaling;
        _guard = null;
    }

    /// <summary>Forgets the rows of the fit.</summary>
    internal virtual void End() => _data = null;

    internal static ulong DeriveSeed(int seed, int attempt) => (uint)seed | ((ulong)attempt << 32);

    /// <summary>The scores of the training rows, each a step of the fit; they may be all the same, as those of rows that are all the same.</summary>
    private protected float[] FiniteScores(FeatureMatrix rows, int threads, FitMonitor monitor)
    {
        var scores = new float[rows.Rows];
        monitor.ForBlocks(rows.Rows, BlockRows, threads, CreateScorer, (scorer, start, count) =>
        {
            for (int i = 0; i < count; i++)
                scorer.SetRow(i, rows[start + i]);
            scorer.ScoreBlock(scores.AsSpan(start, count));
        });
        return RequireFinite(scores);
    }

    /// <summary>The scores, if all are numbers.</summary>
    private protected static float[] RequireFinite(float[] scores) => Array.TrueForAll(scores, float.IsFinite)
        ? scores
        : throw new TrainingDivergedException("Scores of training rows are not finite.");

    /// <summary>The scores of the training rows, refused where they tell nothing apart.</summary>
    private protected float[] CheckedScores(FeatureMatrix rows, int threads)
    {
        float[] scores = RequireFinite(Score(rows, threads));
        float low = scores.Min();
        float high = scores.Max();
        bool distinctRows = false;
        for (int r = 1; r < rows.Rows && !distinctRows; r++)
            distinctRows = !rows[r].SequenceEqual(rows[0]);
        if (distinctRows && high - low <= 1e-6f * Math.Max(Math.Abs(low), Math.Abs(high)))
            throw new TrainingDivergedException($"All training rows have nearly the same score ({low} to {high}).");
        return scores;
    }
}
