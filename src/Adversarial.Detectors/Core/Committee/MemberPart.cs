using System.Runtime.InteropServices;

namespace Adversarial.Detectors;

/// <summary>A committee's member on the way from where it was fitted to where the committee is.</summary>
internal static class MemberPart
{
    /// <summary>The bytes of a member.</summary>
    public static byte[] Write(FittedMember member)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(true);
        writer.Write(member.Detector.Restarts);
        ReadOnlySpan<byte> scores = MemoryMarshal.AsBytes(member.Detector.TrainingScores.Span);
        writer.Write(scores.Length);
        writer.Write(scores);
        member.Curve.Save(writer);
        writer.Flush();
        DetectorFile.Save(member.Detector, stream);
        return stream.ToArray();
    }

    /// <summary>The bytes of a member that could not be trained.</summary>
    public static byte[] Write(Exception failure)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(false);
            writer.Write(failure.Message);
        }

        return stream.ToArray();
    }

    /// <summary>The member.</summary>
    /// <param name="bytes">What <see cref="Write(FittedMember)"/> gave.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="threads">Threads that it would have been trained on here; its options tell them.</param>
    /// <exception cref="InvalidOperationException">It could not be trained.</exception>
    /// <exception cref="FormatException">It is no member.</exception>
    public static FittedMember Read(byte[] bytes, string name, int threads)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        if (!reader.ReadBoolean())
            throw new InvalidOperationException(reader.ReadString());
        int restarts = reader.ReadInt32();
        int length = reader.ReadInt32();
        reader.RequireBytes(length, "The scores of a member");
        float[] scores = MemoryMarshal.Cast<byte, float>(reader.ReadBytes(length)).ToArray();
        TailCurve curve = TailCurve.Load(reader);
        Detector detector = DetectorFile.LoadMember(reader.BaseStream);
        detector.CompleteFit(restarts, scores);
        detector.Options.NumberOfThreads = threads;
        return new FittedMember(name, detector, curve);
    }
}
