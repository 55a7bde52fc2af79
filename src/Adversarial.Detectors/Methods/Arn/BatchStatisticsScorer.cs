using Adversarial.Neural;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// Scores as ARN's authors' code does: batch normalisation takes the statistics of the batch that is scored, so a row's score depends on
/// its neighbours. It shows what that does to the published figures; detectors never score so.
/// </summary>
internal sealed class BatchStatisticsScorer
{
    private readonly CpuDevice _device = new();
    private readonly FeatureScaling _scaling;
    private readonly Mlp _discriminator;

    /// <summary>Copies the weights of a trained discriminator into one without dropout.</summary>
    public BatchStatisticsScorer(Mlp trained, ArnOptions options, FeatureScaling scaling)
    {
        _scaling = scaling;
        _discriminator = ArnNetworks.Discriminator(_device, trained.Inputs, options, dropout: 0);
        var weights = new float[trained.Parameters.Count];
        trained.Parameters.Device.Download(trained.Parameters.Values, weights);
        _device.Upload(weights, _discriminator.Parameters.Values);
    }

    public float[] Score(FeatureMatrix rows, int batchRows)
    {
        var tape = new Tape(_device, recording: false);
        var noise = new NoiseSource(0);
        var scores = new float[rows.Rows];
        var batch = new float[batchRows * rows.Columns];
        for (int start = 0; start < rows.Rows; start += batchRows)
        {
            int count = Math.Min(batchRows, rows.Rows - start);
            for (int i = 0; i < count; i++)
                _scaling.Apply(rows[start + i], batch.AsSpan(i * rows.Columns, rows.Columns));
            tape.Reset();
            Tensor x = tape.Constant(batch.AsSpan(0, count * rows.Columns), count, rows.Columns);
            _device.Download(Affine(_discriminator.Forward(x, noise), -1, 0).Value, scores.AsSpan(start, count));
        }

        return scores;
    }
}
