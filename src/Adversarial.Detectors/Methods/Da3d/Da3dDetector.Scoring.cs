using Adversarial.Neural;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <content>What a fitted detector does: generated rows, and the score with the units of its parts.</content>
public sealed partial class Da3dDetector
{
    /// <summary>Rows decoded from the generator's codes, or where none is trained from N(0, sigma).</summary>
    protected internal override Tensor? Generate(Tape tape, NoiseSource noise, int rows)
    {
        Tensor codes = _options.AnomalyGenerator == Da3dGenerator.Advanced
            ? _generator.Forward(tape.Normal(rows, _options.GeneratorNoiseDimension, noise.Next()))
            : tape.Normal(rows, _sizes.Latent, noise.Next(), deviation: _options.Sigma);
        return Decode(codes);
    }

    /// <summary>The units of the score's two parts.</summary>
    protected internal override void Calibrate(int threads) => _score.Measure(Data, _encoder.Parameters.Device, Logit, ResidualLength);

    /// <inheritdoc/>
    protected internal override long CalibrationLength => _score.Length;

    /// <inheritdoc/>
    protected internal override void SaveCalibration(BinaryWriter writer) => _score.Save(writer);

    /// <inheritdoc/>
    protected internal override void LoadCalibration(BinaryReader reader) => _score.Load(reader);

    private Tensor Logit(Tensor features) => _alarm.Forward(ActivationsOfRows(features));

    internal override Func<Tensor, Tensor> Reconstruction => Reconstruct;

    private Tensor Reconstruct(Tensor features) => Decode(_encoder.Forward(features));

    private Tensor ResidualLength(Tensor features) => RowEuclideanDistance(features, Reconstruct(features));

    /// <summary>
    /// The alarm's logit (above 0 where the paper's score, its sigmoid, is above 1/2), and with <see cref="Da3dOptions.ResidualWeight"/> the
    /// length of the residual on top, each in its unit.
    /// </summary>
    protected internal override Tensor Score(Tensor features)
    {
        if (!_score.IsMeasured)
            return Logit(features);
        Tensor read = ActivationsOfRows(features);

        // Where the alarm reads the residual it is there already.
        Tensor residual = _options.ReadResidual ? RowEuclideanNorm(read.SliceColumns(read.Columns - Columns, Columns)) : ResidualLength(features);
        return _score.Of(_alarm.Forward(read), residual);
    }
}
