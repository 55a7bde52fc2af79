using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>The rows that a fit reads: those that the label says are normal, each as long as the column's type.</summary>
internal static class TrainingRowChecks
{
    private const int OddRow = 3;

    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28za NormalLabel says which label is normal, of every kind", NormalLabels),
        new("28zb a training row of another length than its type is refused", OddLengths),
    ];

    private static void NormalLabels(TrainerSubject subject)
    {
        // Those that are labelled anomalous are left out by a trainer that does not learn from them: the same model.
        float[][] rows = subject.UsesAnomalies ? subject.TrainingRows : [.. subject.TrainingRows, .. SubjectData.TestRows];
        bool[] anomalous = subject.UsesAnomalies ? subject.TrainingLabels : [.. rows.Select((_, r) => r >= subject.TrainingRows.Length)];
        TableColumn Of<T>(DataViewType type, T normal, T bad) => TableColumn.Of("Class", type, [.. anomalous.Select(label => label ? bad : normal)]);
        foreach ((string normalLabel, TableColumn label) in (IEnumerable<(string, TableColumn)>)
            [
                ("ok", Of(TextDataViewType.Instance, "ok".AsMemory(), "bad".AsMemory())),
                ("true", Of(BooleanDataViewType.Instance, true, false)),
                ("0.5", Of(NumberDataViewType.Single, 0.5f, 0f)),
                ("ok", Keys(anomalous)),
            ])
        {
            ITransformer model = subject.Create(options =>
            {
                var columns = (IAnomalyDetectorColumns)options;
                (columns.LabelColumnName, columns.NormalLabel) = ("Class", normalLabel);
            }).Fit(new TableView(rows.Length, TableColumn.Vectors("Features", rows), label));
            Assert.Equal(subject.Expected, ScoreLine.ReadAll(model.Transform(SubjectData.Test())));
        }
    }

    // In the order of letters: the first key is that of the anomalies.
    private static TableColumn Keys(bool[] anomalous)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> values) => values = new VBuffer<ReadOnlyMemory<char>>(2, ["bad".AsMemory(), "ok".AsMemory()]));
        return TableColumn.Computed("Class", new KeyDataViewType(typeof(uint), 2), annotations.ToAnnotations(),
            (long row, ref uint value) => value = anomalous[row] ? 1u : 2u);
    }

    private static void OddLengths(TrainerSubject subject)
    {
        float[] right = subject.TrainingRows[OddRow];
        foreach (float[] odd in (float[][])[right[1..], [.. right, 0], []])
        {
            float[][] rows = [.. subject.TrainingRows.Select((row, r) => r == OddRow ? odd : row)];
            var data = new TableView(rows.Length,
                TableColumn.Computed("Features", TableColumn.VectorOf(right.Length),
                    (long row, ref VBuffer<float> value) => value = new VBuffer<float>(rows[row].Length, rows[row])),
                TableColumn.Of("Label", BooleanDataViewType.Instance, subject.TrainingLabels));
            string message = Assert.Throws<InvalidOperationException>(() => subject.Create().Fit(data)).Message;
            foreach (string part in (string[])[$"Row {OddRow} ", "'Features'", $"{odd.Length} values", $"promises {right.Length}"])
                Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }
}
