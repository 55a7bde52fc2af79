using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// A method's own score plus a multiple of the length of its reconstruction's residual, each in standard deviations from its mean over the
/// training rows: a classifier sees what reconstructs well and is wrong all the same, the residual what lies far from anything it was shown.
/// </summary>
/// <param name="weight">The multiple, at least 0; 0 leaves the method's score as it is, and nothing is measured or kept.</param>
internal sealed class ResidualScore(float weight)
{
    private const int RowsForUnits = 4096;

    // A classifier of few rows is sure of those that it was trained on, and its unit there is a tenth of what new rows differ by.
    private const double MostHeldOutShare = 0.15;
    private const int MostHeldOut = 300;
    private const int LeastRowsToHoldOut = 50;

    private ScoreUnit _own = ScoreUnit.One;
    private ScoreUnit _residual = ScoreUnit.One;

    private bool IsUsed => weight > 0;

    /// <summary>Whether the residual counts, and the units are known: not while the networks are trained.</summary>
    public bool IsMeasured { get; private set; }

    /// <summary>Forgets the units of networks that are trained anew.</summary>
    public void Forget() => IsMeasured = false;

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public long Length => IsUsed ? 2 * ScoreUnit.Length : 0;

    /// <summary>Share of so many rows that is to be held out, in [0, 1); 0 where the residual does not count.</summary>
    public double HeldOutShare(int rows) => IsUsed && rows >= LeastRowsToHoldOut ? Math.Min(MostHeldOutShare, MostHeldOut / (double)rows) : 0;

    /// <summary>Measures both units: on held-out rows where there are any, else on training rows.</summary>
    public void Measure(TrainingData data, IDevice device, Func<Tensor, Tensor> own, Func<Tensor, Tensor> residual)
    {
        if (!IsUsed)
            return;
        bool heldOut = data.HeldOut.Rows > 0;
        int all = heldOut ? data.HeldOut.Rows : data.Rows, rows = Math.Min(all, RowsForUnits);
        RowSource source = r =>
        {
            int row = (int)((long)r * all / rows);
            return heldOut ? data.HeldOut[row] : data.TrainingRow(row);
        };
        ScoreUnit UnitOf(Func<Tensor, Tensor> part) => ScoreUnit.Of(RowCodes.ColumnOf(part, data.Normal.Columns, device, data.Scaling, rows, source));
        (_own, _residual) = (UnitOf(own), UnitOf(residual));
        IsMeasured = true;
    }

    /// <summary>The two as one score [rows, 1].</summary>
    public Tensor Of(Tensor own, Tensor residual) => _own.Apply(own) + _residual.Apply(residual, weight);

    public void Save(BinaryWriter writer)
    {
        if (!IsUsed)
            return;
        _own.Save(writer);
        _residual.Save(writer);
    }

    /// <exception cref="FormatException">A number is not finite, or a deviation not above 0.</exception>
    public void Load(BinaryReader reader)
    {
        if (!IsUsed)
            return;
        _own = ScoreUnit.Load(reader, "the method");
        _residual = ScoreUnit.Load(reader, "the residual");
        IsMeasured = true;
    }
}
