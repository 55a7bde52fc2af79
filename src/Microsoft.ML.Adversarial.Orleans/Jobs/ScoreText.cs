using System.Buffers.Binary;
using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Rows of a part.</summary>
internal readonly record struct ScoreCounts(long Rows, long Anomalies, long Missing)
{
    private const int Numbers = 3;

    public byte[] ToBytes()
    {
        var bytes = new byte[Numbers * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Rows);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long)), Anomalies);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2 * sizeof(long)), Missing);
        return bytes;
    }

    public static ScoreCounts Of(byte[] bytes) => new(
        BinaryPrimitives.ReadInt64LittleEndian(bytes),
        BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(sizeof(long))),
        BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(2 * sizeof(long))));
}

/// <summary>Scores as separated text: a header, and a line for each row, in their order.</summary>
internal static class ScoreText
{
    private const int BufferBytes = 1 << 16;

    // A float, a comma, "false", a line end.
    private const int LongestLine = 64;

    // Asked so often whether it is still wanted.
    private const int RowsBetweenChecks = 1024;

    public static ScoreCounts Write(IDataView scored, Stream stream, CancellationToken cancellation)
    {
        DataViewSchema.Column score = Column(scored, "Score", NumberDataViewType.Single);
        DataViewSchema.Column label = Column(scored, "PredictedLabel", BooleanDataViewType.Instance);
        var buffer = new byte[BufferBytes];
        int used = Put("Score,PredictedLabel\n"u8, buffer);
        long rows = 0, anomalies = 0, missing = 0;
        using DataViewRowCursor cursor = scored.GetRowCursor([score, label]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(score);
        ValueGetter<bool> getLabel = cursor.GetGetter<bool>(label);
        float value = 0;
        bool isAnomaly = false;
        for (; cursor.MoveNext(); rows++)
        {
            if (rows % RowsBetweenChecks == 0)
                cancellation.ThrowIfCancellationRequested();
            getScore(ref value);
            getLabel(ref isAnomaly);
            anomalies += isAnomaly ? 1 : 0;
            missing += float.IsNaN(value) ? 1 : 0;
            if (used > BufferBytes - LongestLine)
            {
                stream.Write(buffer, 0, used);
                used = 0;
            }

            if (!value.TryFormat(buffer.AsSpan(used), out int written, default, CultureInfo.InvariantCulture))
                throw new InvalidOperationException("A number is longer than any can be.");
            used += written;
            used += Put(isAnomaly ? ",true\n"u8 : ",false\n"u8, buffer.AsSpan(used));
        }

        stream.Write(buffer, 0, used);
        return new ScoreCounts(rows, anomalies, missing);
    }

    private static int Put(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }

    private static DataViewSchema.Column Column(IDataView scored, string name, DataViewType type) =>
        scored.Schema.GetColumnOrNull(name) is { } column && column.Type.Equals(type)
            ? column
            : throw new InvalidOperationException($"The model gives no column '{name}' of type {type}: it is no anomaly detector. Take what FitAsync gave, or a pipeline that ends with it.");
}
