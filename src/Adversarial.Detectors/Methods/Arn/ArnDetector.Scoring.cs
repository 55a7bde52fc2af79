using Adversarial.Neural;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <content>What the trained networks are for: scores and generated rows.</content>
public sealed partial class ArnDetector
{
    private const int RowsForMoments = 4096;

    /// <summary>Moments of the codes of training rows, from which <see cref="Generate"/> draws.</summary>
    protected internal override void Calibrate(int threads)
    {
        int rows = Math.Min(Data.Rows, RowsForMoments);
        _codes = RowCodes.MomentsOf(_encoder, ArnNetworks.CodeWidth(_options), Data.Scaling, rows,
            r => Data.TrainingRow((int)((long)r * Data.Rows / rows)));
        _prior.Set(_codes.Coloring());
        _score.Measure(Data, _encoder.Parameters.Device, Doubt, ResidualLength);
    }

    /// <inheritdoc/>
    protected internal override long CalibrationLength => GaussianMoments.LengthOf(ArnNetworks.CodeWidth(_options)) + _score.Length;

    /// <inheritdoc/>
    protected internal override void SaveCalibration(BinaryWriter writer)
    {
        _codes!.Save(writer);
        _score.Save(writer);
    }

    /// <inheritdoc/>
    protected internal override void LoadCalibration(BinaryReader reader)
    {
        _codes = GaussianMoments.Load(reader, ArnNetworks.CodeWidth(_options));
        _score.Load(reader);
    }

    /// <summary>Rows decoded from codes that are distributed as those of training rows.</summary>
    protected internal override Tensor? Generate(Tape tape, NoiseSource noise, int rows)
    {
        Tensor codes = _prior.Forward(tape.Normal(rows, ArnNetworks.CodeWidth(_options), noise.Next()));
        return Sample(_decoder.Forward(codes), annealing: 0, noise);
    }

    /// <summary>Minus the cross entropy of the held-out rows, both kinds weighing alike.</summary>
    private double HeldOutLikelihood()
    {
        double normal = Score(Data.HeldOut, threads: 1).Average(score => LogSigmoid(-score));
        double anomalies = Score(Data.HeldOutAnomalies, threads: 1).Average(score => LogSigmoid(score));
        return normal + anomalies;
    }

    private static double LogSigmoid(double x) => Math.Min(x, 0) - Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>Scores by the statistics of batches of <paramref name="batchRows"/> rows in their order; for comparisons only.</summary>
    internal float[] ScoreWithBatchStatistics(FeatureMatrix rows, int batchRows) =>
        new BatchStatisticsScorer(_discriminator, _options, Scaling).Score(rows, batchRows);

    /// <summary>Minus the logit that the row is normal: above 0 where the paper's score, 1 - D(x), is above 1/2.</summary>
    private Tensor Doubt(Tensor features) => Affine(_discriminator.Forward(features), -1, 0);

    internal override Func<Tensor, Tensor> Reconstruction => Reconstruct;

    private Tensor Reconstruct(Tensor features)
    {
        Tensor code = _encoder.Forward(features);
        Tensor outputs = _decoder.Forward(IsVariational ? code.SliceColumns(0, _options.LatentDimension) : code);
        return Among(outputs, _groups is null ? outputs : Categories(outputs, _groups));
    }

    private Tensor ResidualLength(Tensor features) => RowEuclideanDistance(features, Reconstruct(features));

    /// <summary>The discriminator's doubt, and with <see cref="ArnOptions.ResidualWeight"/> the length of the residual on top, each in its unit.</summary>
    protected internal override Tensor Score(Tensor features) =>
        _score.IsMeasured ? _score.Of(Doubt(features), ResidualLength(features)) : Doubt(features);
}
