using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>Rows to score that are not as long as their type says: ML.NET does not check what its users' objects hold.</summary>
internal static class RowLengthChecks
{
    private const int OddRow = 3;

    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("31 a row of another length than its type is refused, not filled from the row before", OddRows),
    ];

    private static void OddRows(TrainerSubject subject)
    {
        float[] right = SubjectData.TestRows[OddRow];
        foreach (float[] odd in (float[][])[right[1..], [.. right, 0], []])
        {
            float[][] rows = [.. SubjectData.TestRows.Select((row, r) => r == OddRow ? odd : row)];
            var data = new TableView(rows.Length, TableColumn.Computed("Features", TableColumn.VectorOf(right.Length),
                (long row, ref VBuffer<float> value) => value = new VBuffer<float>(rows[row].Length, rows[row])));
            foreach (Action read in (Action[])[() => Cursor(subject.Fitted, data), () => Mapper(subject.Fitted, data)])
            {
                string message = Assert.ThrowsAny<InvalidOperationException>(read).Message;
                Assert.All(
                    (string[])[$"Row {OddRow} ", "'Features'", $"{odd.Length} values", $"promises {right.Length}"],
                    part => Assert.Contains(part, message, StringComparison.Ordinal));
            }
        }
    }

    private static void Cursor(ITransformer model, TableView data)
    {
        foreach (float _ in model.Transform(data).GetColumn<float>("Score"))
        {
        }
    }

    private static void Mapper(ITransformer model, TableView data)
    {
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        DataViewSchema.Column score = mapper.OutputSchema["Score"];
        ValueGetter<float> getScore = mapper.GetRow(cursor, [score]).GetGetter<float>(score);
        float value = 0;
        while (cursor.MoveNext())
            getScore(ref value);
    }
}
