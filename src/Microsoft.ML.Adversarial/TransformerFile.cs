using System.Text;
using Adversarial.Detectors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// The stored form of a fitted transformer: column, threshold, handling of missing values, further columns and detector within one checksum.
/// Format 1.4 had no top features, 1.3 the column of the false-alarm rate alone, 1.2 none, 1.1 column and threshold in front of the detector's own checksum, and no handling.
/// </summary>
internal static class TransformerFile
{
    /// <summary>Version that is written.</summary>
    public const uint Version = 0x00010005;

    /// <summary>The oldest version that is read.</summary>
    public const uint OldestVersion = 0x00010001;

    private const uint FramedVersion = 0x00010002;
    private const uint RateVersion = 0x00010003;
    private const uint ExtraColumnsVersion = 0x00010004;
    private const uint TopFeaturesVersion = 0x00010005;

    // Of UTF-8: a damaged length must not ask for memory.
    private const int MaximumNameLength = 1 << 20;

    private static readonly FramedContent _frame = new("ADVTRANS", Version: 1, "model", "an anomaly detector's transformer");

    private static readonly UTF8Encoding _text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Save(AnomalyDetectorTransformer transformer, Stream stream) => _frame.Write(stream, writer =>
    {
        writer.Write(transformer.FeatureColumnName);
        writer.Write(transformer.Threshold);
        writer.Write((byte)transformer.MissingValueHandling);
        foreach (string? name in transformer.ExtraColumns.Names)
        {
            writer.Write(name is not null);
            if (name is not null)
                writer.Write(name);
        }

        writer.Write(transformer.ExtraColumns.TopFeatureCount);
        DetectorFile.Save(transformer.Model, writer.BaseStream);
    });

    /// <summary>Reads what <see cref="Save"/> wrote, or an older version did.</summary>
    /// <exception cref="FormatException">Of a newer version, truncated or damaged.</exception>
    public static AnomalyDetectorTransformer Load(IHostEnvironment env, in StoredModel stored)
    {
        Stream stream = stored.Reader.BaseStream;
        try
        {
            if (stored.Version < FramedVersion)
                return Read(env, stored.Reader, stored.Version);
            long end = _frame.Verify(stream);
            AnomalyDetectorTransformer transformer = Read(env, stored.Reader, stored.Version);
            if (stream.Position != end)
                throw new FormatException("The model is damaged: it is not as long as it says.");
            stream.Position = end + FramedContent.ChecksumLength;
            return transformer;
        }
        catch (Exception failure) when (failure is EndOfStreamException or ArgumentException)
        {
            throw new FormatException($"The model is truncated or damaged: {failure.Message}", failure);
        }
    }

    private static AnomalyDetectorTransformer Read(IHostEnvironment env, BinaryReader reader, uint version)
    {
        string featureColumnName = ReadName(reader);
        float threshold = reader.ReadSingle();
        if (float.IsNaN(threshold))
            throw new FormatException("The model is damaged: its threshold is no number.");
        var handling = version >= FramedVersion ? (MissingValueHandling)reader.ReadByte() : MissingValueHandling.NotAnomaly;
        if (!Enum.IsDefined(handling))
            throw new FormatException($"The model is damaged: its handling of missing values is {handling}.");
        string? OptionalName(uint since) => version >= since && reader.ReadBoolean() ? ReadName(reader) : null;
        var columns = new ExtraColumns(OptionalName(RateVersion), OptionalName(ExtraColumnsVersion), OptionalName(ExtraColumnsVersion), OptionalName(TopFeaturesVersion));
        if (version >= TopFeaturesVersion)
            columns = columns with { TopFeatureCount = ContentReading.Require(reader.ReadInt32(), count => count >= 1, "The number of top features", "at least 1") };
        columns.Require(featureColumnName, nameof(reader));
        Detector model = DetectorFile.Load(reader.BaseStream);
        if (columns.FalseAlarmRate is { } rate && model.CalibrationScores.IsEmpty)
            throw new FormatException($"The model is damaged: its column '{rate}' takes scores of held-out rows, and there are none.");
        if (columns.AnomalyMap is { } map && !model.CanMapAnomalies)
            throw new FormatException($"The model is damaged: its column '{map}' takes a detector that reconstructs images, and it is none.");
        return new AnomalyDetectorTransformer(env, model, featureColumnName, new VectorDataViewType(NumberDataViewType.Single, model.Columns), threshold, handling,
            columns);
    }

    private static string ReadName(BinaryReader reader)
    {
        int length = reader.Read7BitEncodedInt();
        if (length is < 1 or > MaximumNameLength)
            throw new FormatException($"The model is damaged: its column name has {length} bytes.");
        byte[] name = reader.ReadBytes(length);
        return name.Length == length ? _text.GetString(name) : throw new EndOfStreamException("It ends within the column name.");
    }
}
