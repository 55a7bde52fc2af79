using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// Several detectors of one method that differ by their random numbers only; the score is the mean of theirs, each in standard deviations
/// from the mean of its training scores. It needs no label and takes away most of the spread over seeds that adversarial training has.
/// </summary>
internal sealed class EnsembleDetector : NetworkDetector
{
    private readonly NetworkDetector[] _members;
    private readonly ScoreUnit[] _units;

    public EnsembleDetector(NetworkDetectorOptions options, int columns, Func<NetworkDetector> create)
        : base(options, columns)
    {
        _members = [.. Enumerable.Range(0, options.EnsembleSize).Select(_ => create())];
        _units = [.. _members.Select(_ => ScoreUnit.One)];
    }

    public override IReadOnlyList<Network> Networks => [.. _members.SelectMany(member => member.Networks)];

    internal override string? OnnxRefusal => _members[0].OnnxRefusal;

    internal override bool FlattersTrainingRows => _members[0].FlattersTrainingRows;

    protected internal override double HeldOutShare(int rows) => _members[0].HeldOutShare(rows);

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

    // All members have the same options, and so equally many phases.
    private protected override (int First, int Count) PhasesOf(int part, int phases) => (part * (phases / _members.Length), phases / _members.Length);

    private protected override IReadOnlyList<Network> NetworksOf(int part) => _members[part].Networks;

    protected internal override Tensor Score(Tensor features)
    {
        Tensor? sum = null;
        for (int i = 0; i < _members.Length; i++)
        {
            Tensor member = _units[i].Apply(_members[i].Score(features), 1f / _members.Length);
            sum = sum is { } before ? before + member : member;
        }

        return sum!.Value;
    }

    /// <summary>The sum of the members' lengths.</summary>
    internal override Func<Tensor, Tensor>? OwnResidual
    {
        get
        {
            Func<Tensor, Tensor>?[] residuals = Array.ConvertAll(_members, member => member.OwnResidual);
            return Array.TrueForAll(residuals, residual => residual is not null)
                ? features => residuals.Select(residual => residual!(features)).Aggregate((sum, residual) => sum + residual)
                : null;
        }
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
            _units[i] = ScoreUnit.Of(_members[i].Score(Data.Normal, threads));
        }
    }

    protected internal override long CalibrationLength => _members.Sum(member => ScoreUnit.Length + member.CalibrationLength);

    protected internal override void SaveCalibration(BinaryWriter writer)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            _units[i].Save(writer);
            _members[i].SaveCalibration(writer);
        }
    }

    protected internal override void LoadCalibration(BinaryReader reader)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            _units[i] = ScoreUnit.Load(reader, $"member {i + 1}");
            _members[i].LoadCalibration(reader);
        }
    }

    internal override bool HasMap => _members[0].HasMap;

    internal override long MapLength => _members.Sum(member => member.MapLength);

    internal override void LearnMap() => Array.ForEach(_members, member => member.LearnMap());

    internal override void AddMap(Tape tape, ReadOnlySpan<float> scaled, Span<float> map, float share)
    {
        foreach (NetworkDetector member in _members)
            member.AddMap(tape, scaled, map, share / _members.Length);
    }

    internal override void SaveMap(BinaryWriter writer) => Array.ForEach(_members, member => member.SaveMap(writer));

    internal override void LoadMap(BinaryReader reader) => Array.ForEach(_members, member => member.LoadMap(reader));
}
