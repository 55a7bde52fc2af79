using System.Globalization;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// A mixture of Gaussians with full covariances, learned by expectation maximisation (Dempster, Laird and Rubin 1977). The score is the
/// negative logarithm of the density at the row.
/// </summary>
/// <remarks>It fails where rows lie on curved surfaces that few Gaussians do not follow, and with fewer rows than features.</remarks>
public sealed class GaussianMixtureDetector : Detector
{
    private const ulong StartPurpose = (1UL << 60) + 2;

    // Up to here covariances are full: a score costs the square of the features, a fit their cube.
    private const int MostFullColumns = 2000;
    private const int LeastRowsOfAComponent = 10;

    // Rows that share the fetching of a root: few enough for the cache.
    private const int RowsAtATime = 64;

    // No fit gives scores as large; what a damaged model makes of a row is to stay a number.
    private const double MostScore = 1e30;

    private readonly GaussianMixtureOptions _options;
    private MixtureModel _model = null!;

    /// <summary>The registration.</summary>
    internal static readonly DetectorDescriptor Description = DetectorDescriptor.Of(
        new DetectorCard
        {
            Name = "Gaussian mixture",
            Paper = "Maximum Likelihood from Incomplete Data via the EM Algorithm",
            Year = 1977,
            Reference = "doi:10.1111/j.2517-6161.1977.tb01600.x",
            Task = "Anomaly detection in tables by the density of normal rows",
            Labels = LabelUse.None,
            Scaling = "Features are scaled: the regularisation is in their unit",
            Complexity = "An iteration costs rows x components x features², a score components x features²; above 2,000 features variances take the place of covariances",
            KnownFailure = "Rows on curved surfaces; fewer rows than features",
            Readme = "src/Adversarial.Detectors/Methods/GaussianMixture/README.md",
            SkippedChecks = new Dictionary<string, string>
            {
                ["28w the context's seed decides where the options give none"] = "The seed draws where the mixture begins; from there it may well end at the same place.",
            },
        },
        (options, columns) => new GaussianMixtureDetector(options, columns),
        GaussianMixtureOptionsJson.Default.GaussianMixtureOptions);

    internal GaussianMixtureDetector(GaussianMixtureOptions options, int columns)
        : base(options, columns) => _options = options;

    private bool IsFull => Columns <= MostFullColumns;

    internal override bool FlattersTrainingRows => true;

    internal override int BlockRows => 256;

    internal override long LeastModelLength => sizeof(int) + MixtureComponent.LengthOf(Columns, IsFull);

    internal override long MostModelLength => sizeof(int) + _options.NumberOfComponents * MixtureComponent.LengthOf(Columns, IsFull);

    private protected override void RequireMemory(int rows)
    {
        double kept = Math.Min(rows, _options.MaximumKeptRows), components = _options.NumberOfComponents;
        double largest = Math.Max(kept * Math.Max(Columns, components), 0);
        FitMemory.Require(string.Create(CultureInfo.InvariantCulture, $"{components:N0} components and {kept:N0} training rows of {Columns:N0} features"),
            sizeof(float) * kept * Columns + sizeof(double) * kept * components + components * MixtureComponent.LengthOf(Columns, IsFull), largest,
            "Lower MaximumKeptRows or NumberOfComponents", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    private protected override float[] Learn(FeatureMatrix rows, int seed, int threads)
    {
        int learned = Math.Min(rows.Rows, _options.MaximumKeptRows);
        var monitor = new FitMonitor(_options, "mixture", MixtureModel.StepsOf(learned, _options.MaximumNumberOfIterations) + rows.Rows);
        KeptRows kept = KeptRows.Take(Data, _options.MaximumKeptRows, seed, monitor, out _);
        int most = Math.Clamp(kept.Count / LeastRowsOfAComponent, 1, _options.NumberOfComponents);
        (int[] clusters, int count) = MixtureStart.Of(kept, most, new RandomDraws(new RandomStream((uint)seed, StartPurpose, 0)), monitor.Check);
        if (count < _options.NumberOfComponents)
            monitor.Note(string.Create(CultureInfo.InvariantCulture, $"The mixture has {count} of {_options.NumberOfComponents} components: {kept.Count:N0} training rows bear no more."));
        if (!IsFull)
            monitor.Note(string.Create(CultureInfo.InvariantCulture, $"With {Columns:N0} features, more than {MostFullColumns:N0}, the mixture has variances and no covariances; fewer features allow both."));
        _model = MixtureModel.Learn(kept, clusters, count, IsFull, _options, threads, monitor);
        float[] scores = FiniteScores(rows, threads, monitor);
        monitor.Complete(new NamedLoss("negative log-likelihood", -_model.LogLikelihood));
        return scores;
    }

    internal override BlockScorer CreateBlockScorer() => new Densities(this);

    private protected override OnnxValue WriteScaledScore(OnnxGraph graph, OnnxValue rows)
    {
        MixtureComponent[] components = _model.Components;
        OnnxValue score = graph.MixtureEnergy(rows, [.. components.Select(component => component.LogFactor)], [.. components.SelectMany(component => component.Mean)],
            [.. components.SelectMany(component => component.InverseRoot())], Columns);
        return graph.Cast(graph.Clip(score, -MostScore, MostScore), OnnxType.Single);
    }

    private protected override void SaveModel(BinaryWriter writer)
    {
        writer.Write(_model.Components.Length);
        foreach (MixtureComponent component in _model.Components)
            component.Save(writer);
    }

    private protected override void LoadModel(BinaryReader reader, float[] probes)
    {
        int most = _options.NumberOfComponents;
        int count = ContentReading.Require(reader.ReadInt32(), value => value >= 1 && value <= most, "The number of components", $"1 to {most}");
        reader.RequireBytes(count * MixtureComponent.LengthOf(Columns, IsFull), "The mixture");
        var components = new MixtureComponent[count];
        for (int k = 0; k < count; k++)
            components[k] = MixtureComponent.Load(reader, Columns, IsFull, _options.Regularization);
        _model = MixtureModel.Of(components);
    }

    private sealed class Densities(GaussianMixtureDetector mixture) : BlockScorer
    {
        private readonly float[] _rows = new float[mixture.BlockRows * mixture.Columns];
        private readonly MixtureBlock _block = new(mixture._model, mixture.Columns, RowsAtATime);

        public override Span<float> Row(int index) => _rows.AsSpan(index * mixture.Columns, mixture.Columns);

        public override void Score(Span<float> scores)
        {
            for (int start = 0; start < scores.Length; start += RowsAtATime)
            {
                Span<float> part = scores.Slice(start, Math.Min(RowsAtATime, scores.Length - start));
                _block.LogDensities(_rows.AsSpan(start * mixture.Columns), part.Length);
                for (int i = 0; i < part.Length; i++)
                {
                    double score = -_block.LogLikelihood(i);
                    part[i] = (float)(double.IsNaN(score) ? MostScore : Math.Clamp(score, -MostScore, MostScore));
                }
            }
        }
    }
}
