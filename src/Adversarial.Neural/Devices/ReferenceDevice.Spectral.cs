namespace Adversarial.Neural;

public sealed partial class ReferenceDevice
{
    /// <inheritdoc/>
    public void SpectralNormalize(in Matrix weights, in Matrix u, bool iterate, in Matrix v, in Matrix sigma, in Matrix normalized)
    {
        (Matrix w, Matrix right, Matrix left) = (weights, u, v);
        ForEach(v, false, (_, i) => Enumerable.Range(0, w.Columns).Sum(j => At(w, i, j) * At(right, 0, j)));
        double norm = Unit(v);
        if (iterate)
        {
            ForEach(u, false, (_, j) => Enumerable.Range(0, w.Rows).Sum(i => At(w, i, j) * At(left, 0, i)));
            norm = Unit(u);
        }

        At(sigma, 0, 0) = norm;
        ForEach(normalized, false, (i, j) => At(w, i, j) / norm);
    }

    private double Unit(in Matrix vector)
    {
        Matrix from = vector;
        double norm = Math.Max(Math.Sqrt(SumOfSquares(vector)), 1e-12);
        ForEach(vector, false, (r, c) => At(from, r, c) / norm);
        return norm;
    }

    /// <inheritdoc/>
    public void SpectralGradient(
        in Matrix gradient, in Matrix normalized, in Matrix u, in Matrix v, in Matrix sigma, in Matrix weightGradient, bool accumulate)
    {
        (Matrix g, Matrix right, Matrix left) = (gradient, u, v);
        double norm = At(sigma, 0, 0), along = 0;
        for (int i = 0; i < g.Rows; i++)
        {
            for (int j = 0; j < g.Columns; j++)
                along += At(g, i, j) * At(normalized, i, j);
        }

        ForEach(weightGradient, accumulate, (i, j) => (At(g, i, j) - along * At(left, 0, i) * At(right, 0, j)) / norm);
    }
}
