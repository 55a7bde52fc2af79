namespace Microsoft.ML.Trainers;

/// <summary>
/// Rotates the rows of a matrix among themselves until they are orthogonal: they are then its right singular vectors times the
/// singular values, accurate also for the small ones, which a decomposition of the squared matrix would lose.
/// </summary>
internal static class OneSidedJacobi
{
    private const int MaximumSweeps = 60;
    private const double Tolerance = 1e-15;

    internal static void Orthogonalize(double[][] rows)
    {
        bool rotated = true;
        for (int sweep = 0; rotated && sweep < MaximumSweeps; sweep++)
        {
            rotated = false;
            for (int p = 0; p < rows.Length - 1; p++)
            {
                for (int q = p + 1; q < rows.Length; q++)
                    rotated |= Rotate(rows[p], rows[q]);
            }
        }
    }

    private static bool Rotate(double[] p, double[] q)
    {
        double pp = 0;
        double qq = 0;
        double pq = 0;
        for (int i = 0; i < p.Length; i++)
        {
            pp += p[i] * p[i];
            qq += q[i] * q[i];
            pq += p[i] * q[i];
        }
        if (pq == 0 || Math.Abs(pq) <= Tolerance * Math.Sqrt(pp) * Math.Sqrt(qq))
            return false;

        double zeta = (qq - pp) / (2 * pq);
        double tangent = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        double sine = cosine * tangent;
        for (int i = 0; i < p.Length; i++)
        {
            double old = p[i];
            p[i] = cosine * old - sine * q[i];
            q[i] = sine * old + cosine * q[i];
        }
        return true;
    }
}
