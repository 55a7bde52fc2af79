using System.Text;
using System.Text.Json;

namespace Adversarial.Detectors;

/// <summary>
/// The stored form of a fitted detector: a frame (magic, format version, length, checksum) around method, options, scaling, threshold and
/// weights. It holds data only; loading runs no code from it.
/// </summary>
public static class DetectorFile
{
    /// <summary>Version that is written. Older ones are read, newer ones refused.</summary>
    public const int FormatVersion = 5;

    private static readonly FramedContent _frame = new("ADVDETCT", FormatVersion, "model", "an anomaly detector's model");

    /// <summary>Writes a fitted detector.</summary>
    public static void Save(Detector detector, Stream stream) => _frame.Write(stream, writer =>
    {
        writer.Write(detector.Descriptor.Name);
        writer.Write(detector.Descriptor.ToJson(detector.Options));
        detector.SaveState(writer);
    });

    /// <summary>
    /// Reads what <see cref="Save"/> wrote. All numbers are checked, and no memory is taken that the bytes of the stream do not account for:
    /// a model from anywhere is loaded or refused.
    /// </summary>
    /// <exception cref="FormatException">Not a detector, of a newer version, truncated or damaged.</exception>
    public static Detector Load(Stream stream) => Load(stream, isMember: false);

    /// <summary>The same of a committee's member, which is no committee: files nested at will must not nest the reading.</summary>
    internal static Detector LoadMember(Stream stream) => Load(stream, isMember: true);

    private static Detector Load(Stream stream, bool isMember)
    {
        byte[] content = _frame.Read(stream, out int version, MostLength);
        using BinaryReader reader = ReaderOf(content);
        return Checked(() =>
        {
            ModelHead head = ModelHead.Read(reader, content.Length, version);
            if (isMember && head.Options is CommitteeOptions)
                throw new FormatException("The model is damaged: a committee is a member of a committee.");
            Detector detector = head.Descriptor.Create(head.Options, head.Columns);
            detector.LoadState(reader, version);
            reader.RequireEnd("model");
            return detector;
        });
    }

    // The most bytes that content which begins so may have: what follows the numbers that are counted is small.
    private static long MostLength(byte[] head, int length, int version)
    {
        using BinaryReader reader = ReaderOf(head);
        return Checked(() => ModelHead.Read(reader, length, version).MostLength + FramedContent.UncountedLength);
    }

    private static BinaryReader ReaderOf(byte[] content) => new(new MemoryStream(content), Encoding.UTF8);

    // The reader's own errors, from memory, all mean the same.
    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or JsonException or ArgumentException or OverflowException)
        {
            throw new FormatException($"The model is truncated or damaged: {failure.Message}", failure);
        }
    }
}
