using Adversarial.Detectors;
using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>Trains a detector, or one part of it; the options have a seed.</summary>
[GenerateSerializer, Alias("Adversarial.FitJob")]
internal sealed class FitJob : RowsJob
{
    /// <summary>The part that is trained; null: the whole.</summary>
    [Id(0)]
    public int? Part { get; init; }

    /// <summary>How often training has begun anew.</summary>
    [Id(1)]
    public int Attempt { get; init; }

    /// <inheritdoc/>
    protected override byte[] Run(DetectorOptions options, JobContext context, CancellationToken cancellation)
    {
        DetectorOptions asked = options.Clone();
        options.NumberOfThreads = context.Threads;
        options.CancellationToken = cancellation;
        if (options is NetworkDetectorOptions networks)
            networks.CancellationBehavior = CancellationBehavior.Throw;

        var ml = new MLContext();
        byte[] identity = [], result = [];
        AnomalyDetectorTransformer? model = ml.AnomalyDetection.Trainers.Detector(options, Rows.FeatureColumnName, Rows.LabelColumnName, Rows.NormalLabel).Train(Rows.Open(ml), (detector, table) =>
        {
            identity = FitResult.Identify(table);
            if (Part is { } part)
                result = detector.FitPart(table.Normal, table.Anomalies, part, Attempt);
            else
                detector.Fit(table.Normal, table.Anomalies);
        });
        if (model is not null)
            result = Bytes(model.Model, asked);
        return new FitResult(identity, result).ToBytes();
    }

    // How many threads there were is the silo's affair: the file is to be the one that a fit elsewhere writes.
    private static byte[] Bytes(Detector detector, DetectorOptions asked)
    {
        detector.Options.NumberOfThreads = asked.NumberOfThreads;
        if (detector.Options is NetworkDetectorOptions networks)
            networks.CancellationBehavior = ((NetworkDetectorOptions)asked).CancellationBehavior;
        using var stream = new MemoryStream();
        DetectorFile.Save(detector, stream);
        return stream.ToArray();
    }
}

/// <summary>What a fit gives: a trained part or a detector's file, and what stands for the rows.</summary>
internal sealed record FitResult(byte[] Rows, byte[] Trained)
{
    private const int IdentityLength = 32;

    /// <summary>Tells other rows apart: parts of other rows must not be joined.</summary>
    public static byte[] Identify(TrainingTable table) => FitCheckpoint.Identify("", table.Normal, table.Anomalies);

    public byte[] ToBytes() => [.. Rows, .. Trained];

    public static FitResult Of(byte[] bytes) => new(bytes[..IdentityLength], bytes[IdentityLength..]);
}
