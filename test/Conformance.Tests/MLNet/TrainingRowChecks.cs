using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>The rows that a fit reads: those that the label says are normal.</summary>
internal static class TrainingRowChecks
{
    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28za NormalLabel says which label is normal, of every kind", NormalLabels),
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
}
