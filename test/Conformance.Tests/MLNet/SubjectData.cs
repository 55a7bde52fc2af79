using Microsoft.ML;
using Microsoft.ML.Data;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>The tables that trainers are checked on. Values are multiples of 1/1024, which a text file keeps exactly.</summary>
public static class SubjectData
{
    private static readonly SimulatedSet _set = SimulatedSet.Mixed();

    private static readonly float[][] _normalRows = Rounded(SimulatedSet.Rows(_set.Training)[..150]);

    // The last of the test set: no row to score is among them.
    private static readonly float[][] _knownAnomalies = Rounded([.. SimulatedSet.Rows(_set.Test).TakeLast(12)]);

    /// <summary>Features to score: one row in three is an anomaly.</summary>
    public static float[][] TestRows { get; } = Rounded([.. SimulatedSet.Rows(_set.Test).Skip(140).Take(90)]);

    /// <summary>Which of the test rows are anomalies.</summary>
    public static bool[] Anomalous { get; } = _set.Anomalous[140..230];

    public static int Columns => TestRows[0].Length;

    /// <summary>Features to train on: normal rows and, for a trainer that learns from them, one known anomaly among a dozen.</summary>
    public static float[][] TrainingRows(bool withAnomalies) => withAnomalies ? [.. _normalRows, .. _knownAnomalies] : _normalRows;

    /// <summary>Which of the training rows are known anomalies.</summary>
    public static bool[] TrainingLabels(bool withAnomalies) => [.. TrainingRows(withAnomalies).Select((_, r) => r >= _normalRows.Length)];

    public static TableView Test() => Table(TestRows, Anomalous);

    /// <summary>Columns Id, Features, Label (0 or 1), Name.</summary>
    public static TableView Table(float[][] rows, bool[] anomalous, bool sparse = false) => new(rows.Length,
        TableColumn.Of("Id", NumberDataViewType.Int32, [.. Enumerable.Range(0, rows.Length)]),
        TableColumn.Vectors("Features", rows, sparse),
        TableColumn.Of("Label", NumberDataViewType.Single, [.. anomalous.Select(bad => bad ? 1f : 0f)]),
        TableColumn.Of("Name", TextDataViewType.Instance, [.. rows.Select((_, r) => $"row {r}".AsMemory())]));

    /// <summary>The test rows as a file that ModelLoader reads.</summary>
    public static void SaveTest(string path) =>
        RowFile.Save(path, TestRows.Select((row, r) => (object[])[r, row, Anomalous[r] ? 1 : 0, $"row {r}"]));

    /// <summary>Which rows are labelled anomalous.</summary>
    public static bool[] Labels(IDataView data) => [.. data.GetColumn<float>("Label").Select(label => label > 0)];

    /// <summary>The values of a column of vectors.</summary>
    public static float[][] Vectors(IDataView data, string column) =>
        [.. data.GetColumn<VBuffer<float>>(data.Schema[column]).Select(vector => vector.DenseValues().ToArray())];

    private static float[][] Rounded(float[][] rows) => [.. rows.Select(row => row.Select(value => (float)(Math.Round(value * 1024) / 1024)).ToArray())];
}
