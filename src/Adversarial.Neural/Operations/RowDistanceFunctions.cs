namespace Adversarial.Neural;

/// <summary>Distances of rows, for scores: they carry no gradient.</summary>
public static partial class Functions
{
    /// <summary>Sum over the columns of |a - b|, a column [rows, 1].</summary>
    public static Tensor RowAbsoluteDistance(Tensor a, Tensor b) => RowDistance(a, b, euclidean: false);

    /// <summary>Root of the sum over the columns of (a - b)², a column [rows, 1].</summary>
    public static Tensor RowEuclideanDistance(Tensor a, Tensor b) => RowDistance(a, b, euclidean: true);

    private static Tensor RowDistance(Tensor a, Tensor b, bool euclidean)
    {
        Shapes.RequireEqual(a, b);
        if (a.Tape.Recording)
            throw new InvalidOperationException("Distances of rows are for scoring: there is no way back through them.");
        Tensor y = a.Tape.Allocate(a.Rows, 1);
        a.Tape.Device.RowDistance(a.Value, b.Value, y.Value, euclidean);
        return y;
    }
}
