using System.Text;

namespace Adversarial.Detectors;

/// <summary>
/// The stored form of a fitted detector: a frame (magic, format version, length, checksum) around method, options, scaling, threshold and
/// weights. It holds data only; loading runs no code from it.
/// </summary>
public static class DetectorFile
{
    /// <summary>Version that is written. Older ones are read, newer ones refused.</summary>
    public const int FormatVersion = 2;

    private const int MaximumColumns = 1 << 24;

    private static readonly FramedContent _frame = new("ADVDETCT", FormatVersion, "model", "an anomaly detector's model");

    /// <summary>Writes a fitted detector.</summary>
    public static void Save(Detector detector, Stream stream) => _frame.Write(stream, writer =>
    {
        writer.Write(detector.Descriptor.Name);
        writer.Write(detector.Descriptor.ToJson(detector.Options));
        detector.SaveState(writer);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">Not a detector, of a newer version, truncated or damaged.</exception>
    public static Detector Load(Stream stream)
    {
        try
        {
            return Read(_frame.Read(stream, out int version), version);
        }
        catch (Exception failure) when (failure is EndOfStreamException or System.Text.Json.JsonException or ArgumentException or OverflowException)
        {
            throw new FormatException($"The model is truncated or damaged: {failure.Message}", failure);
        }
    }

    private static Detector Read(byte[] content, int version)
    {
        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        string name = reader.ReadString();
        DetectorDescriptor descriptor = DetectorRegistry.All.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new FormatException($"The model is of the method '{name}', which this version of the library does not have.");
        DetectorOptions options = descriptor.FromJson(reader.ReadString());
        int columns = reader.ReadInt32();
        if (columns is < 1 or > MaximumColumns)
            throw new FormatException($"The model is damaged: it has {columns} features.");
        Detector detector = descriptor.Create(options, columns);
        detector.LoadState(reader, version);
        return detector;
    }
}
