using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>Where an image is odd, for methods that reconstruct.</content>
public abstract partial class NetworkDetector
{
    private ResidualMap? _map;

    private ResidualMap? Map => _map ??= _options.Images is { } image && Reconstruction is not null ? new ResidualMap(image) : null;

    internal override bool HasMap => Map is not null;

    /// <summary>Bytes that <see cref="SaveMap"/> writes.</summary>
    internal virtual long MapLength => Map?.Length ?? 0;

    /// <summary>Learns what is usually left of each pixel.</summary>
    internal virtual void LearnMap() => Map?.Learn(Reconstruction!, Data, Networks[0].Parameters.Device);

    /// <summary>Adds a share of the map of one scaled image.</summary>
    internal virtual void AddMap(Tape tape, ReadOnlySpan<float> scaled, Span<float> map, float share) => Map!.Add(tape, Reconstruction!, scaled, map, share);

    internal override void SaveMap(BinaryWriter writer) => Map?.Save(writer);

    internal override void LoadMap(BinaryReader reader) => Map?.Load(reader);
}
