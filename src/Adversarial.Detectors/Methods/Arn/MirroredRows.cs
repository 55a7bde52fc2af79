using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// Reconstructions reflected at the rows they are made from. Reconstructions lie inward of their rows: without some that lie as far outward
/// a discriminator learns that whatever is extreme is normal.
/// </summary>
internal sealed class MirroredRows(int columns, ColumnGroups? groups, float share)
{
    private float[] _mask = [];

    /// <summary>The made rows, the last <c>share</c> of them reflected, x + (x - G(x)), in the features of no group.</summary>
    public Tensor Among(Tensor x, Tensor made)
    {
        int mirrored = (int)(made.Rows * share);
        if (mirrored == 0)
            return made;
        int kept = made.Rows - mirrored;
        Tensor inward = made.SliceRows(kept, mirrored);
        Tensor mask = made.Tape.Constant(Mask(mirrored), mirrored, columns);
        return ConcatenateRows(made.SliceRows(0, kept), inward + 2 * (mask * (x.SliceRows(kept, mirrored) - inward)));
    }

    /// <summary>1 in the features of no group, 0 in the others, as many rows as given.</summary>
    public Tensor InNoGroup(Tensor rows) => rows.Tape.Constant(Mask(rows.Rows), rows.Rows, columns);

    // 1 in the features of no group: a category has no opposite.
    private ReadOnlySpan<float> Mask(int rows)
    {
        // Scorers on several threads ask for it: what others may read is complete.
        float[] mask = _mask;
        if (mask.Length >= rows * columns)
            return mask.AsSpan(0, rows * columns);
        mask = new float[rows * columns];
        Array.Fill(mask, 1);
        for (int r = 0; r < rows && groups is not null; r++)
        {
            foreach ((int start, int length) in groups.Groups)
                mask.AsSpan(r * columns + start, length).Clear();
        }

        return _mask = mask;
    }
}
