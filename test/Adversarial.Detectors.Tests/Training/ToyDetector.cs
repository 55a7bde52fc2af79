using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

/// <summary>Options of <see cref="ToyDetector"/>: batches of 3, seed 1, neither scaling nor guard.</summary>
public sealed class ToyOptions : NetworkDetectorOptions
{
    public ToyOptions()
    {
        Seed = 1;
        BatchSize = 3;
        NumberOfThreads = 1;
        InputScaling = InputScaling.None;
        OutOfRangeWeight = 0;
    }
}

/// <summary>One linear layer whose output is the score; a test says what the phases do.</summary>
internal sealed class ToyDetector(NetworkDetectorOptions options, int columns, Func<ToyDetector, IReadOnlyList<TrainingPhase>> phases)
    : NetworkDetector(options, columns)
{
    private Mlp _line = null!;

    /// <summary>The network, new at each attempt.</summary>
    public Mlp Line => _line;

    /// <summary>How often training began.</summary>
    public int Attempts { get; private set; }

    public override IReadOnlyList<Network> Networks => [_line];

    /// <summary>A detector that is not trained and scores a row by the sum of its scaled features.</summary>
    public static ToyDetector Summing(NetworkDetectorOptions options, int columns) => new(options, columns, detector =>
    {
        detector.SetWeights([.. Enumerable.Repeat(1f, columns), 0]);
        return [];
    });

    protected internal override Tensor Score(Tensor features) => _line.Forward(features);

    protected internal override void Build(IDevice device) =>
        _line = new Mlp(device, "line", Columns, [], 1, Activation.Identity, Activation.Identity);

    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize)
    {
        Attempts++;
        return phases(this);
    }

    /// <summary>The weights of all features, then the bias.</summary>
    public float[] Weights()
    {
        var values = new float[_line.Parameters.Count];
        _line.Parameters.Device.Download(_line.Parameters.Values, values);
        return values;
    }

    public void SetWeights(params float[] values) => _line.Parameters.Device.Upload(values, _line.Parameters.Values);
}

/// <summary>A progress listener on the training thread.</summary>
internal sealed class Listener(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}
