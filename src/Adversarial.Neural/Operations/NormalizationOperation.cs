using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>dropout(activation(scale * (x - mean) / deviation + shift)): what batch and layer normalisation share.</summary>
internal sealed class NormalizationOperation : Operation
{
    // Statistics may be of the rows, of the columns, or of the columns and constant for the gradient.
    private static readonly NormalizationOperation _ofRows = new(ofRows: true, constant: false);
    private static readonly NormalizationOperation _ofColumns = new(ofRows: false, constant: false);
    private static readonly NormalizationOperation _kept = new(ofRows: false, constant: true);

    private readonly bool _areOfRows;
    private readonly bool _areConstant;

    private NormalizationOperation(bool ofRows, bool constant) => (_areOfRows, _areConstant) = (ofRows, constant);

    public override bool EndsInActivation => true;

    public static Tensor Apply(NormalizationLayer layer, Tensor x, in Moments moments, bool constant,
        Activation activation, float dropout, NoiseSource? noise, Tensor? into)
    {
        Tape tape = x.Tape;
        Tensor y = Place(tape, into, x.Rows, x.Columns);
        DropoutMask mask = DrawMask(tape, x.Rows, x.Columns, dropout, noise);
        tape.Device.Normalize(x.Value, moments, layer.Scale, layer.Shift, y.Value, activation, mask);
        NormalizationOperation operation = moments.OfRows ? _ofRows : constant ? _kept : _ofColumns;
        tape.Record(operation, y.Id, x.Id).Set(layer, activation, mask, moments.Values);
        return y;
    }

    public override bool CanRepeat => true;

    public override void Repeat(Tape tape, in TapeEntry entry, in Matrix result)
    {
        var layer = (NormalizationLayer)entry.Layer!;
        tape.Device.Normalize(tape.NodeOf(entry.A).Value, new Moments(entry.State, _areOfRows), layer.Scale, layer.Shift, result, entry.Activation, entry.Dropout);
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        var layer = (NormalizationLayer)entry.Layer!;
        var moments = new Moments(entry.State, _areOfRows);
        Matrix x = tape.NodeOf(entry.A).Value, dy = BeforeActivation(tape, entry), scaleSums = default, shiftSums = default;
        bool through = !_areOfRows && !_areConstant && tape.IsNeeded(entry.A), trains = layer.IsAffine && tape.Trains(entry);
        if (through || trains)
        {
            (scaleSums, shiftSums) = (tape.AllocateRaw(1, x.Columns), tape.AllocateRaw(1, x.Columns));
            tape.Device.NormalizeParameterGradient(x, moments, dy, scaleSums, shiftSums);
        }

        if (trains)
        {
            bool accumulate = layer.TakeGradientStamp();
            tape.Device.Add(scaleSums, 1, layer.ScaleGradient, accumulate);
            tape.Device.Add(shiftSums, 1, layer.ShiftGradient, accumulate);
        }

        if (!tape.IsNeeded(entry.A))
            return;
        Matrix dx = tape.GradientInPlace(entry, out bool add);
        if (!through)
            (scaleSums, shiftSums) = (default, default);
        tape.Device.NormalizeInputGradient(x, moments, layer.Scale, dy, scaleSums, shiftSums, dx, add);
    }
}
