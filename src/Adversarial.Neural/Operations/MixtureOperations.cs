namespace Adversarial.Neural;

/// <summary>Relative distance and cosine of rows and their reconstructions.</summary>
internal sealed class ReconstructionFeaturesOperation : Operation
{
    private static readonly ReconstructionFeaturesOperation _instance = new();

    public static Tensor Apply(Tensor rows, Tensor reconstruction)
    {
        Shapes.RequireEqual(rows, reconstruction);
        Tensor y = rows.Tape.Allocate(rows.Rows, 2);
        rows.Tape.Device.ReconstructionFeatures(rows.Value, reconstruction.Value, y.Value);
        rows.Tape.Record(_instance, y.Id, reconstruction.Id, rows.Id);
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry)
    {
        if (tape.IsNeeded(entry.B))
            throw new InvalidOperationException("The rows that are reconstructed get no gradient.");
        Matrix dx = tape.GradientForAdding(entry.A);
        tape.Device.ReconstructionFeaturesGradient(
            tape.NodeOf(entry.B).Value, tape.NodeOf(entry.A).Value, tape.GradientOf(entry.Output), dx);
    }
}

/// <summary>Mean energy and penalty of points under the mixture that their memberships make.</summary>
internal sealed class MixtureEnergyOperation : Operation
{
    private static readonly MixtureEnergyOperation _instance = new();

    public static Tensor Apply(Tensor points, Tensor memberships, float ridge)
    {
        if (points.Rows != memberships.Rows)
            throw new ArgumentException($"{points.Rows} points have {memberships.Rows} rows of memberships.");
        Tensor y = points.Tape.Allocate(1, 2);
        points.Tape.Device.MixtureEnergy(points.Value, memberships.Value, ridge, y.Value);
        points.Tape.Record(_instance, y.Id, points.Id, memberships.Id).Scalar = ridge;
        return y;
    }

    public override void Backward(Tape tape, in TapeEntry entry) =>
        tape.Device.MixtureEnergyGradient(tape.NodeOf(entry.A).Value, tape.NodeOf(entry.B).Value, entry.Scalar, tape.GradientOf(entry.Output),
            Gradient(tape, entry.A), Gradient(tape, entry.B));

    // What nobody needs is computed all the same, to nowhere.
    private static Matrix Gradient(Tape tape, int id)
    {
        if (tape.IsNeeded(id))
            return tape.GradientForAdding(id);
        Matrix value = tape.NodeOf(id).Value, nowhere = tape.AllocateRaw(value.Rows, value.Columns);
        tape.Device.Fill(nowhere, 0);
        return nowhere;
    }
}
