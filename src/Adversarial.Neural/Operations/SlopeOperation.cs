using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>
/// v times the derivative of an activation, read off its output. The gradient takes the derivative as a constant, which is exact where the
/// activation is linear piece by piece.
/// </summary>
internal sealed class SlopeOperation : Operation
{
    private static readonly SlopeOperation _instance = new();

    public static Tensor Apply(Tensor v, Tensor activated, Activation activation)
    {
        Tensor y = v.Tape.Allocate(v.Rows, v.Columns);
        v.Tape.Device.ActivateGradient(activated.Value, v.Value, y.Value, accumulate: false, activation, default);
        ref TapeEntry entry = ref v.Tape.Record(_instance, y.Id, v.Id);
        (entry.Activation, entry.State) = (activation, activated.Value);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.ActivateGradient(entry.State, tape.GradientOf(entry.Output), tape.GradientForWriting(entry.A, out bool accumulate), accumulate, entry.Activation, default);
}
