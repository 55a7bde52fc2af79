using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>A trained number for each column, 0 at first: what all rows share.</summary>
internal sealed class ColumnParameters : Network
{
    private readonly Linear _layer;

    public ColumnParameters(IDevice device, string name, int columns)
        : base(device, name)
    {
        _layer = new Linear(Parameters, 1, columns, bias: false);
        Complete();
    }

    public override void Initialize(NoiseSource noise) => Parameters.Device.Fill(Parameters.Values, 0);

    /// <summary>The numbers in each of so many rows [rows, columns]; gradient flows to them.</summary>
    public Tensor Forward(Tape tape, int rows)
    {
        Tensor ones = tape.Allocate(rows, 1);
        tape.Device.Fill(ones.Value, 1);
        return _layer.Forward(ones, Activation.Identity);
    }
}
