using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>The rows of a comparison: trained on, tested on, and made up to be told from the tested ones.</summary>
internal sealed class ComparisonData
{
    public const string LabelName = "Label";

    private const int MostCounterexamples = 10_000;

    private readonly DataViewSchema.Column _features;
    private readonly bool _hasLabels;

    /// <param name="table">All rows.</param>
    /// <param name="features">The column that they were read from.</param>
    /// <param name="hasLabels">Whether they are labelled.</param>
    /// <param name="knownShare">Share of the anomalies that may be trained on; the others are tested on.</param>
    /// <param name="testFraction">Share of the normal rows that is tested on.</param>
    /// <param name="seed">Draws who goes where.</param>
    public ComparisonData(TrainingTable table, DataViewSchema.Column features, bool hasLabels, double knownShare, double testFraction, int seed)
    {
        _features = features;
        _hasLabels = hasLabels;
        var random = new Random(seed);
        int[] order = Shuffled(random, table.Normal.Rows);
        int tested = Math.Clamp((int)Math.Round(testFraction * order.Length), 1, Math.Max(order.Length - 2, 1));
        TestNormal = [.. order.Take(tested).Select(r => table.Normal[r].ToArray())];
        TrainingNormal = [.. order.Skip(tested).Select(r => table.Normal[r].ToArray())];
        int[] anomalies = Shuffled(random, table.Anomalies?.Rows ?? 0);
        int known = (int)(knownShare * anomalies.Length);
        TrainingAnomalies = [.. anomalies.Take(known).Select(r => table.Anomalies![r].ToArray())];
        TestAnomalies = [.. anomalies.Skip(known).Select(r => table.Anomalies![r].ToArray())];
        Counterexamples = Make(random);
        Training = View(TrainingNormal, TrainingAnomalies);
        Test = View(TestNormal, TestAnomalies);
        MadeUp = View(Counterexamples, []);
    }

    public float[][] TrainingNormal { get; }

    public float[][] TrainingAnomalies { get; }

    public float[][] TestNormal { get; }

    public float[][] TestAnomalies { get; }

    public float[][] Counterexamples { get; }

    public IDataView Training { get; }

    public IDataView Test { get; }

    public IDataView MadeUp { get; }

    /// <summary>The training rows, to be split once more.</summary>
    public TrainingTable TrainingTable => new(FeatureMatrix.FromRows(TrainingNormal), TrainingAnomalies.Length == 0 ? null : FeatureMatrix.FromRows(TrainingAnomalies));

    /// <summary>Some of the normal training rows, by chance, and all anomalies.</summary>
    public IDataView PartOfTraining(int seed, double share)
    {
        int[] order = Shuffled(new Random(seed), TrainingNormal.Length);
        int count = Math.Max((int)(share * order.Length), 2);
        return View([.. order.Take(count).Order().Select(r => TrainingNormal[r])], TrainingAnomalies);
    }

    private GeneratedDataView View(float[][] normal, float[][] anomalies)
    {
        var column = new RowsColumn(_features, [.. normal, .. anomalies]);
        return _hasLabels
            ? new GeneratedDataView(column, new ValueColumn<bool>(LabelName, BooleanDataViewType.Instance, annotations: null,
                [.. Enumerable.Range(0, normal.Length + anomalies.Length).Select(i => i >= normal.Length)]))
            : new GeneratedDataView(column);
    }

    /// <summary>
    /// Of tested rows by turns: some features, at least one and at most half, are those of other rows; or one to all features are moved by one to four
    /// of their standard deviations.
    /// </summary>
    private float[][] Make(Random random)
    {
        int width = ((VectorDataViewType)_features.Type).Size, count = Math.Min(TestNormal.Length, MostCounterexamples);
        double[] deviations = Deviations(width);
        var made = new float[count][];
        for (int i = 0; i < count; i++)
        {
            float[] row = [.. TestNormal[(int)((long)i * TestNormal.Length / count)]];
            bool moved = i % 2 == 1;
            int changed = random.Next(1, (moved ? width : Math.Max(width / 2, 1)) + 1);
            foreach (int c in Shuffled(random, width).Take(changed))
                row[c] = moved
                    ? (float)(row[c] + (random.Next(2) == 0 ? -1 : 1) * (1 + 3 * random.NextDouble()) * deviations[c])
                    : TestNormal[random.Next(TestNormal.Length)][c];
            made[i] = row;
        }

        return made;
    }

    private double[] Deviations(int width)
    {
        var means = new double[width];
        var squares = new double[width];
        foreach (float[] row in TrainingNormal)
        {
            for (int c = 0; c < width; c++)
                means[c] += row[c] / (double)TrainingNormal.Length;
        }

        foreach (float[] row in TrainingNormal)
        {
            for (int c = 0; c < width; c++)
                squares[c] += (row[c] - means[c]) * (row[c] - means[c]);
        }

        return Array.ConvertAll(squares, square => Math.Sqrt(square / TrainingNormal.Length));
    }

    /// <summary>Vectors that are rows in memory already.</summary>
    private sealed class RowsColumn(DataViewSchema.Column like, float[][] rows) : GeneratedColumn(like.Name, like.Type, like.Annotations)
    {
        public override int Rows => rows.Length;

        // The reader owns what it gets, so it gets a copy.
        public override Delegate CreateGetter(Func<int> row) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            float[] values = rows[row()];
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, values.Length);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private static int[] Shuffled(Random random, int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        return order;
    }
}
