namespace Adversarial.Neural;

/// <summary>Distances of rows, for scores: they carry no gradient.</summary>
public static partial class Functions
{
    /// <summary>Sum over the columns of |a - b|, a column [rows, 1].</summary>
    public static Tensor RowAbsoluteDistance(Tensor a, Tensor b) => RowDistance(a, b, euclidean: false);

    /// <summary>Root of the sum over the columns of (a - b)², a column [rows, 1].</summary>
    public static Tensor RowEuclideanDistance(Tensor a, Tensor b) => RowDistance(a, b, euclidean: true);

    /// <summary>Root of the sum over the columns of a², a column [rows, 1].</summary>
    public static Tensor RowEuclideanNorm(Tensor a) => RowDistance(a, null, euclidean: true);

    /// <summary>Sum over the columns of |a|, a column [rows, 1].</summary>
    public static Tensor RowAbsoluteNorm(Tensor a) => RowDistance(a, null, euclidean: false);

    private static Tensor RowDistance(Tensor a, Tensor? b, bool euclidean)
    {
        if (b is { } other)
            Shapes.RequireEqual(a, other);
        if (a.Tape.Recording)
            throw new InvalidOperationException("Distances of rows are for scoring: there is no way back through them.");
        Tensor y = a.Tape.Allocate(a.Rows, 1);
        a.Tape.Device.RowDistance(a.Value, b?.Value ?? default, y.Value, euclidean);
        return y;
    }
}
