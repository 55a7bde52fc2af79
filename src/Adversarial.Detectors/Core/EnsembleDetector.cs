using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// Several detectors of one method that differ by their random numbers only; the score is the mean of theirs, each in standard deviations
/// from the mean of its training scores. It needs no label and takes away most of the spread over seeds that adversarial training has.
/// </summary>
internal sealed class EnsembleDetector : NetworkDetector
{
    private readonly NetworkDetector[] _members;
    private readonly float[] _mean;
    private readonly float[] _deviation;

    public EnsembleDetector(NetworkDetectorOptions options, int columns, Func<NetworkDetector> create)
        : base(options, columns)
    {
        _members = [.. Enumerable.Range(0, options.EnsembleSize).Select(_ => create())];
        _mean = new float[_members.Length];
        _deviation = new float[_members.Length];
        Array.Fill(_deviation, 1);
    }

    public override IReadOnlyList<Network> Networks => [.. _members.SelectMany(member => member.Networks)];

    protected internal override double HeldOutShare => _members[0].HeldOutShare;

    protected internal override int DefaultBatchSize(int rows) => _members[0].DefaultBatchSize(rows);

    internal override void Begin(TrainingData data)
    {
        base.Begin(data);
        foreach (NetworkDetector member in _members)
            member.Begin(data);
    }

    internal override void End()
    {
        base.End();
        foreach (NetworkDetector member in _members)
            member.End();
    }

    protected internal override void Build(IDevice device)
    {
        foreach (NetworkDetector member in _members)
            member.Build(device);
    }

    protected internal override IReadOnlyList<TrainingPhase> CreatePhases(int rows, int batchSize) =>
    [
        .. _members.SelectMany((member, index) => member.CreatePhases(rows, batchSize)
            .Select(phase => phase with { Name = $"{phase.Name} {index + 1}/{_members.Length}" })),
    ];

    protected internal override Tensor Score(Tensor features)
    {
        Tensor? sum = null;
        for (int i = 0; i < _members.Length; i++)
        {
            Tensor member = Functions.Affine(_members[i].Score(features), 1 / (_deviation[i] * _members.Length), -_mean[i] / (_deviation[i] * _members.Length));
            sum = sum is { } before ? before + member : member;
        }

        return sum!.Value;
    }

    /// <summary>Equally many rows of each member.</summary>
    protected internal override Tensor? Generate(Tape tape, NoiseSource noise, int rows)
    {
        Tensor all = tape.Allocate(rows, Columns);
        for (int i = 0, at = 0; i < _members.Length; i++)
        {
            int count = (rows - at) / (_members.Length - i);
            if (count == 0)
                continue;
            if (_members[i].Generate(tape, noise, count) is not { } part)
                return null;
            tape.Device.Add(part.Value, 1, all.SliceRows(at, count).Value, accumulate: false);
            at += count;
        }

        return all;
    }

    protected internal override void InitializeNetwork(Network network, NoiseSource noise) =>
        _members.First(member => member.Networks.Contains(network)).InitializeNetwork(network, noise);

    protected internal override void Calibrate(int threads)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            _members[i].Calibrate(threads);
            float[] scores = _members[i].Score(Data.Normal, threads);
            double mean = scores.Average(score => (double)score);
            double variance = scores.Average(score => (score - mean) * (score - mean));
            if (!double.IsFinite(mean) || !double.IsFinite(variance))
                throw new TrainingDivergedException("Scores of training rows are not finite.");
            _mean[i] = (float)mean;
            // Rows that are all equal score alike: any unit will do.
            _deviation[i] = variance > 0 ? (float)Math.Sqrt(variance) : 1;
        }
    }

    protected internal override long CalibrationLength => _members.Sum(member => 2 * sizeof(float) + member.CalibrationLength);

    protected internal override void SaveCalibration(BinaryWriter writer)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            writer.Write(_mean[i]);
            writer.Write(_deviation[i]);
            _members[i].SaveCalibration(writer);
        }
    }

    protected internal override void LoadCalibration(BinaryReader reader)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            _mean[i] = reader.ReadFinite($"The mean score of member {i + 1}");
            _deviation[i] = reader.ReadPositive($"The deviation of the scores of member {i + 1}");
            _members[i].LoadCalibration(reader);
        }
    }
}
