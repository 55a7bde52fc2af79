using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <content>Networks that are trained elsewhere.</content>
public abstract partial class NetworkDetector
{
    /// <summary>Which of the phases train a part: the first one and their number.</summary>
    private protected virtual (int First, int Count) PhasesOf(int part, int phases) => (0, phases);

    /// <summary>The networks that a part trains.</summary>
    private protected virtual IReadOnlyList<Network> NetworksOf(int part) => Networks;

    private protected override byte[] LearnPart(FeatureMatrix rows, int seed, int threads, int part, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attempt, MaximumRestarts);
        using var gang = new WorkerGang(threads);
        if (!RunPhases(new CpuDevice(gang), DeriveSeed(seed, attempt), attempt, part))
            throw new OperationCanceledException("A part of a fit is of no use half trained.", Options.CancellationToken);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
            Checkpoint.WriteNetworks(writer, [.. NetworksOf(part)]);
        return stream.ToArray();
    }

    private bool LoadParts(FitParts parts)
    {
        for (int part = 0; part < parts.Trained.Count; part++)
        {
            using var reader = new BinaryReader(new MemoryStream(parts.Trained[part], writable: false));
            try
            {
                Checkpoint.ReadNetworks(reader, [.. NetworksOf(part)]);
                reader.RequireEnd("trained part");
            }
            catch (EndOfStreamException failure)
            {
                throw new FormatException($"Part {part + 1} of the fit ends early: {failure.Message}", failure);
            }
        }

        return true;
    }
}
