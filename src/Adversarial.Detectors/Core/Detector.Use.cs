using System.Collections.Concurrent;

namespace Adversarial.Detectors;

/// <content>What a fitted detector is for: scores, their explanation, generated rows.</content>
public abstract partial class Detector
{
    private const int GeneratedRows = 512;

    // So many blocks without one row of the wanted score, and there will hardly be one.
    private const int MostBarrenBlocks = 200;

    /// <summary>Rows that are scored at a time: enough for the matrix products, few enough for the cache.</summary>
    internal virtual int BlockRows => 512;

    /// <summary>Makes what scores a block of scaled rows on one thread.</summary>
    internal abstract BlockScorer CreateBlockScorer();

    /// <summary>Makes an object that scores on one thread without allocating.</summary>
    public Scorer CreateScorer() => new(this);

    /// <summary>Makes an object that scores some blocks of rows at a time.</summary>
    /// <param name="threads">The most threads, at least 1, the caller's included; null takes one for each processor, at most 8.</param>
    public ParallelScorer CreateParallelScorer(int? threads = null)
    {
        int blocks = threads ?? DefaultThreads;
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1, nameof(threads));
        _ = Scaling;
        return new ParallelScorer(this, blocks);
    }

    /// <summary>Scores all rows; a row with NaN or infinity scores NaN. The result does not depend on the number of threads.</summary>
    public float[] Score(FeatureMatrix rows, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Columns != Columns)
            throw new ArgumentException($"The rows have {rows.Columns} features where {Columns} are expected.", nameof(rows));
        _ = Scaling;
        var scores = new float[rows.Rows];
        int blockRows = BlockRows, blocks = (rows.Rows + blockRows - 1) / blockRows;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads ?? DefaultThreads };

        // The loop begins with new locals more often than it has threads.
        var idle = new ConcurrentBag<Scorer>();
        Parallel.For(0, blocks, parallel, () => idle.TryTake(out Scorer? used) ? used : CreateScorer(), (block, _, scorer) =>
        {
            int start = block * blockRows;
            int count = Math.Min(blockRows, rows.Rows - start);
            for (int i = 0; i < count; i++)
                scorer.SetRow(i, rows[start + i]);
            scorer.ScoreBlock(scores.AsSpan(start, count));
            return scorer;
        }, idle.Add);
        foreach (Scorer scorer in idle)
            scorer.Release();
        return scores;
    }

    /// <summary>
    /// What each feature adds to a row's score: the score less that of the same row with this feature at its mean over the training rows.
    /// Features that act together share nothing out, so the contributions need not sum up to the score.
    /// </summary>
    /// <param name="row">As many finite values as the detector has features.</param>
    /// <returns>A contribution for each feature, in units of the score; above 0 where the feature makes the row more anomalous.</returns>
    /// <exception cref="ArgumentException">The row has another number of features, or one is NaN or infinite.</exception>
    public float[] Explain(ReadOnlySpan<float> row)
    {
        var contributions = new float[Columns];
        CreateExplainer().Explain(row, contributions);
        return contributions;
    }

    /// <summary>Makes an object that explains one row after another on one thread, with little memory anew.</summary>
    public Explainer CreateExplainer() => new(CreateScorer(), Scaling.Mean);

    /// <summary>Whether <see cref="MapAnomalies"/> is possible: rows are images, and the method reconstructs them.</summary>
    public bool CanMapAnomalies => IsFitted && HasMap;

    internal virtual bool HasMap => false;

    /// <summary>
    /// Where an image is odd: for each pixel how much its reconstruction leaves of it, over what is left there of normal images, so that about 1 is
    /// usual. Of an ensemble it is the mean of the members' maps.
    /// </summary>
    /// <param name="row">An image, laid out as the training rows: as many finite values as the detector has features.</param>
    /// <returns>Height x width numbers, line by line, at least 0.</returns>
    /// <exception cref="ArgumentException">The row has another number of features, or one is NaN or infinite.</exception>
    /// <exception cref="NotSupportedException">Rows are no images, or the method does not reconstruct them.</exception>
    public float[] MapAnomalies(ReadOnlySpan<float> row)
    {
        AnomalyMapper mapper = CreateMapper();
        var map = new float[mapper.Height * mapper.Width];
        mapper.Map(row, map);
        return map;
    }

    /// <summary>Makes an object that maps one image after another on one thread, with little memory anew.</summary>
    /// <exception cref="NotSupportedException">Rows are no images, or the method does not reconstruct them.</exception>
    public AnomalyMapper CreateMapper()
    {
        FeatureScaling scaling = Scaling;
        if (HasMap)
            return new AnomalyMapper((NetworkDetector)this, scaling, Options.Images!.Shape);
        throw new NotSupportedException(Options is IImageOptions && Options.Images is null
            ? $"{Descriptor.Name} maps anomalies of images only, and was trained on a table: train it on a column of images, or set {nameof(IImageOptions.ImageShape)}."
            : $"{Descriptor.Name} does not reconstruct images, and maps no anomalies; Autoencoder, VAE, ALAD, GANomaly, EGBAD, f-AnoGAN and DA3D do.");
    }

    /// <summary>Whether <see cref="GenerateAnomalies"/> is possible: the method has a generator of rows, and it is trained.</summary>
    public bool CanGenerate => IsFitted && GenerateScaled(0, 0, 1) is not null;

    /// <summary>So many scaled rows that stand for anomalies, one behind another, or null where the method makes none. Equal arguments give equal rows.</summary>
    private protected virtual float[]? GenerateScaled(int seed, int block, int rows) => null;

    /// <summary>
    /// Draws rows that the method's generator takes for hard anomalies, in the units of the training rows: rows close to the normal ones, most
    /// of which score like them. Each value lies in its feature's range in the training rows.
    /// </summary>
    /// <param name="count">Number of rows, at least 1.</param>
    /// <param name="seed">Equal seeds give equal rows.</param>
    /// <param name="minimumScore">
    /// The least score of a row that is given, such as <see cref="Threshold"/>: rows that score lower are drawn and dropped. Null gives all.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one row to draw, or the least score is not finite.</exception>
    /// <exception cref="NotSupportedException">The method does not generate rows.</exception>
    /// <exception cref="InvalidOperationException">Among very many drawn rows too few score that high; the message tells the highest score.</exception>
    public FeatureMatrix GenerateAnomalies(int count, int seed, float? minimumScore = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (minimumScore is { } wanted && !float.IsFinite(wanted))
            throw new ArgumentOutOfRangeException(nameof(minimumScore), wanted, "The least score must be a finite number, or null for rows of any score.");
        FeatureScaling scaling = Scaling;
        var rows = new FeatureMatrix(Columns);
        Scorer? scorer = minimumScore is null ? null : CreateScorer();
        float highest = float.NegativeInfinity;
        for (int block = 0, barren = 0; rows.Rows < count; block++)
        {
            float[] values = GenerateScaled(seed, block, GeneratedRows)
                ?? throw new NotSupportedException($"{Descriptor.Name} with these options does not generate rows; ARN and DA3D do.");
            int before = rows.Rows;
            for (int r = 0; r < GeneratedRows && rows.Rows < count; r++)
            {
                scaling.Invert(values.AsSpan(r * Columns, Columns), rows.AppendRow());
                float score = scorer?.Score(rows[rows.Rows - 1]) ?? float.NaN;
                highest = Math.Max(highest, scorer is null ? highest : score);
                if (score < minimumScore)
                    rows.RemoveLastRow();
            }

            barren = rows.Rows > before ? 0 : barren + 1;
            if (barren == MostBarrenBlocks)
            {
                throw new InvalidOperationException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"{rows.Rows} of {count} rows were found that score {minimumScore} or more; the last {barren * GeneratedRows} drawn ones score less, {highest} at most. Ask for a lower score, or train longer: a generator that has learned little makes nearly one row."));
            }
        }

        return rows;
    }
}
