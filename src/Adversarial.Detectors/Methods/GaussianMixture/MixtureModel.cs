namespace Adversarial.Detectors;

/// <summary>A mixture of Gaussians, learned by expectation maximisation (Dempster, Laird and Rubin 1977).</summary>
internal sealed class MixtureModel
{
    private const int BlockRows = 64;

    private MixtureModel(MixtureComponent[] components) => Components = components;

    /// <summary>The components.</summary>
    public MixtureComponent[] Components { get; }

    /// <summary>Mean log-likelihood of the training rows before the last iteration; NaN for a loaded mixture.</summary>
    public double LogLikelihood { get; private set; } = double.NaN;

    /// <summary>A mixture of loaded components.</summary>
    public static MixtureModel Of(MixtureComponent[] components) => new(components);

    /// <summary>Learns from rows, from a first division of them into clusters on.</summary>
    public static MixtureModel Learn(KeptRows rows, int[] clusters, int count, bool isFull, GaussianMixtureOptions options, int threads, FitMonitor monitor)
    {
        var model = new MixtureModel([.. Enumerable.Range(0, count).Select(_ => new MixtureComponent(rows.Columns, isFull))]);
        var weights = new double[(long)rows.Count * count];
        for (int r = 0; r < rows.Count; r++)
            weights[r * count + clusters[r]] = 1;
        model.Maximize(rows, weights, options, threads, monitor);
        double before = double.NegativeInfinity;
        for (int iteration = 0; iteration < options.MaximumNumberOfIterations; iteration++)
        {
            double now = model.Expect(rows, weights, threads, monitor);
            if (!double.IsFinite(now))
                throw new TrainingDivergedException("The likelihood of the training rows is no finite number; raise Regularization.");
            model.LogLikelihood = now;
            model.Maximize(rows, weights, options, threads, monitor);
            monitor.Advance(rows.Count, new NamedLoss("negative log-likelihood", -now));
            if (Math.Abs(now - before) < options.Tolerance)
                break;
            before = now;
        }

        return model;
    }

    /// <summary>Steps that <see cref="Learn"/> counts at most.</summary>
    public static long StepsOf(int rows, int iterations) => 2L * rows * iterations;

    // Gives each row's weights of the components; and the mean log-likelihood, summed in the order of the rows.
    private double Expect(KeptRows rows, double[] weights, int threads, FitMonitor monitor)
    {
        int count = Components.Length;
        var likelihoods = new double[rows.Count];
        monitor.ForBlocks(rows.Count, BlockRows, threads, () => new MixtureBlock(this, rows.Columns, BlockRows), (block, start, length) =>
        {
            block.LogDensities(rows.Values.AsSpan(start * rows.Columns), length);
            for (int i = 0; i < length; i++)
            {
                double log = likelihoods[start + i] = block.LogLikelihood(i);
                for (int k = 0; k < count; k++)
                    weights[(start + i) * count + k] = Math.Exp(block.LogDensity(k, i) - log);
            }
        });
        double sum = 0;
        foreach (double likelihood in likelihoods)
            sum += likelihood;
        return sum / rows.Count;
    }

    private void Maximize(KeptRows rows, double[] weights, GaussianMixtureOptions options, int threads, FitMonitor monitor) =>
        IndependentParts.Run(Components.Length, threads, options.CancellationToken,
            k => Components[k].Learn(rows, weights, k, Components.Length, options.Regularization, monitor.Check));
}

/// <summary>Densities of a block of rows, on one thread.</summary>
internal sealed class MixtureBlock(MixtureModel model, int columns, int capacity)
{
    private readonly double[] _scratch = new double[capacity * columns];
    private readonly double[] _logs = new double[model.Components.Length * capacity];

    /// <summary>Computes the densities of the first rows.</summary>
    public void LogDensities(ReadOnlySpan<float> rows, int count)
    {
        for (int k = 0; k < model.Components.Length; k++)
            model.Components[k].LogDensities(rows, count, _scratch, _logs.AsSpan(k * capacity, count));
    }

    /// <summary>Logarithm of a component's weight times its density at a row.</summary>
    public double LogDensity(int component, int row) => _logs[component * capacity + row];

    /// <summary>Logarithm of the mixture's density at a row.</summary>
    public double LogLikelihood(int row)
    {
        double greatest = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < model.Components.Length; k++)
            greatest = Math.Max(greatest, LogDensity(k, row));
        for (int k = 0; k < model.Components.Length; k++)
            sum += Math.Exp(LogDensity(k, row) - greatest);
        return greatest + Math.Log(sum);
    }
}
