using Adversarial.Detectors;
using Microsoft.ML.Runtime;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Fits one trial of a sweep and looks how good it is.</summary>
[GenerateSerializer, Alias("Adversarial.TrialJob")]
internal sealed class TrialJob : Job
{
    [Id(0)]
    public required string Method { get; init; }

    /// <summary>The options that are not searched, as the registry writes them.</summary>
    [Id(1)]
    public required string Options { get; init; }

    [Id(2)]
    public required ClusterRows Rows { get; init; }

    [Id(3)]
    public required int Number { get; init; }

    /// <summary>The options that were drawn.</summary>
    [Id(4)]
    public required Dictionary<string, string> Values { get; init; }

    [Id(5)]
    public required double Share { get; init; }

    [Id(6)]
    public required int Seed { get; init; }

    [Id(7)]
    public required int Metric { get; init; }

    [Id(8)]
    public required double FalseAlarmRate { get; init; }

    [Id(9)]
    public required double TestFraction { get; init; }

    [Id(10)]
    public required double ValidationFraction { get; init; }

    [Id(11)]
    public int? MaximumRows { get; init; }

    /// <inheritdoc/>
    public override byte[] Run(JobContext context, CancellationToken cancellation)
    {
        if (Rows.File is { } file)
            context.Require(file);
        var ml = new MLContext();
        DetectorDescriptor method = DetectorRegistry.Get(Method);
        var sweep = new SweepOptions
        {
            Method = Method,
            Options = method.FromJson(Options),
            FeatureColumnName = Rows.FeatureColumnName,
            LabelColumnName = Rows.LabelColumnName,
            NormalLabel = Rows.NormalLabel,
            Metric = (DetectorMetric)Metric,
            FalseAlarmRate = FalseAlarmRate,
            TestFraction = TestFraction,
            ValidationFraction = ValidationFraction,
            MaximumRows = MaximumRows,
            Seed = Seed,
            CancellationToken = cancellation,
        };
        IHost host = ((IHostEnvironment)ml).Register(nameof(TrialJob));
        using IChannel channel = host.Start("Trial");
        (SweepTrial trial, TrainingTable table) = new SweepRun(ml.AnomalyDetection, sweep, host).RunTrial(Rows.Open(ml), new SweepTrial(Number, Values), Share, channel);
        return new TrialResult(FitResult.Identify(table), trial.Criterion, trial.FitSeconds, trial.Failure).ToBytes();
    }
}

/// <summary>What a trial gives.</summary>
internal sealed record TrialResult(byte[] Rows, double Criterion, double Seconds, string? Failure)
{
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Rows.Length);
            writer.Write(Rows);
            writer.Write(Criterion);
            writer.Write(Seconds);
            writer.Write(Failure is not null);
            writer.Write(Failure ?? "");
        }

        return stream.ToArray();
    }

    public static TrialResult Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        byte[] rows = reader.ReadBytes(reader.ReadInt32());
        (double criterion, double seconds, bool failed, string failure) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(), reader.ReadString());
        return new TrialResult(rows, criterion, seconds, failed ? failure : null);
    }
}
