using System.Globalization;
using Microsoft.ML;

namespace ModelLoader;

/// <summary>A scored row as text that keeps every bit: the score's bits in hexadecimal, then 1 for an anomaly or 0.</summary>
public static class ScoreLine
{
    /// <summary>The text of one row.</summary>
    public static string Of(float score, bool anomaly) =>
        string.Create(CultureInfo.InvariantCulture, $"{BitConverter.SingleToUInt32Bits(score):x8} {(anomaly ? 1 : 0)}");

    /// <summary>The texts of all rows.</summary>
    public static IReadOnlyList<string> ReadAll(IDataView scored)
    {
        var lines = new List<string>();
        DataViewSchema.Column scoreColumn = scored.Schema["Score"];
        DataViewSchema.Column labelColumn = scored.Schema["PredictedLabel"];
        using DataViewRowCursor cursor = scored.GetRowCursor([scoreColumn, labelColumn]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(scoreColumn);
        ValueGetter<bool> getLabel = cursor.GetGetter<bool>(labelColumn);
        float score = 0;
        bool label = false;
        while (cursor.MoveNext())
        {
            getScore(ref score);
            getLabel(ref label);
            lines.Add(Of(score, label));
        }

        return lines;
    }
}
