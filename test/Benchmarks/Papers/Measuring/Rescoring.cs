using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>A trained detector under other options; the networks stay as they are.</summary>
internal static class Rescoring
{
    /// <exception cref="InvalidOperationException">It is an ensemble: the units of its members' scores belong to the old options.</exception>
    public static Detector Of(Detector detector, string[] settings)
    {
        if (detector.Options is NetworkDetectorOptions { EnsembleSize: > 1 })
            throw new InvalidOperationException("An ensemble keeps the scale of its members' scores and cannot be scored otherwise.");
        DetectorDescriptor descriptor = detector.Descriptor;
        using var state = new MemoryStream();
        using var writer = new BinaryWriter(state);
        detector.SaveState(writer);
        writer.Flush();
        state.Position = 0;
        using var reader = new BinaryReader(state);
        Detector other = descriptor.Create(RowOptions.Change(descriptor, detector.Options, settings), reader.ReadInt32());
        other.LoadState(reader, DetectorFile.FormatVersion);
        return other;
    }
}
