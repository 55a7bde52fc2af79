using Adversarial.Detectors;
using Microsoft.ML.Runtime;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Fits one trial of a sweep and looks how good it is; the options are those that are not searched.</summary>
[GenerateSerializer, Alias("Adversarial.TrialJob")]
internal sealed class TrialJob : RowsJob
{
    [Id(0)]
    public required int Number { get; init; }

    /// <summary>The options that were drawn.</summary>
    [Id(1)]
    public required Dictionary<string, string> Values { get; init; }

    [Id(2)]
    public required double Share { get; init; }

    [Id(3)]
    public required int Seed { get; init; }

    [Id(4)]
    public required int Metric { get; init; }

    [Id(5)]
    public required double FalseAlarmRate { get; init; }

    [Id(6)]
    public required double TestFraction { get; init; }

    [Id(7)]
    public required double ValidationFraction { get; init; }

    [Id(8)]
    public int? MaximumRows { get; init; }

    /// <inheritdoc/>
    protected override byte[] Run(DetectorOptions options, JobContext context, CancellationToken cancellation)
    {
        var ml = new MLContext();
        var sweep = new SweepOptions
        {
            Method = Method,
            Options = options,
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
