namespace Adversarial.Numerics;

/// <summary>The way back through the energy of a mixture whose moments are those of the points.</summary>
internal static class MixtureEnergyGradient
{
    /// <summary>Leaves the gradients of points and memberships in their places.</summary>
    public static void Compute(in MixtureEnergy.Work work, double ofEnergy, double ofPenalty)
    {
        double share = ofEnergy / work.Rows;
        ThroughDensities(work, share);
        for (int k = 0; k < work.Components; k++)
        {
            AddInverse(work, k, 0.5 * share * work.Masses[k], ofPenalty);
            ThroughMoments(work, k, -share * work.Masses[k]);
        }
    }

    // To points, means and covariances, and the sums of the posteriors.
    private static void ThroughDensities(in MixtureEnergy.Work work, double share)
    {
        int d = work.Dimension;
        MixtureMoments moments = work.Moments;
        Span<double> logs = work.Logs, masses = work.Masses, differences = work.Differences, gradients = work.PointGradients;
        Span<double> means = work.MeanGradients, covariances = work.CovarianceGradients;
        gradients.Clear();
        masses.Clear();
        means.Clear();
        covariances.Clear();
        for (int r = 0; r < work.Rows; r++)
        {
            for (int k = 0; k < logs.Length; k++)
                logs[k] = moments.LogDensity(k, work.Point(r), differences.Slice(k * d, d));
            double total = MixtureEnergy.LogSumExp(logs);
            for (int k = 0; k < logs.Length; k++)
            {
                double posterior = Math.Exp(logs[k] - total), factor = share * posterior;
                masses[k] += posterior;
                Span<double> v = differences.Slice(k * d, d), covariance = covariances.Slice(k * d * d, d * d);
                moments.SolveTransposed(k, v);
                for (int i = 0; i < d; i++)
                {
                    double change = factor * v[i];
                    gradients[r * d + i] += change;
                    means[k * d + i] -= change;
                    for (int j = 0; j < d; j++)
                        covariance[i * d + j] -= 0.5 * change * v[j];
                }
            }
        }
    }

    // What the determinant and the penalty add to the gradient of a covariance.
    private static void AddInverse(in MixtureEnergy.Work work, int k, double factor, double ofPenalty)
    {
        int d = work.Dimension;
        Span<double> a = work.CovarianceGradients.Slice(k * d * d, d * d), column = work.Differences[..d];
        for (int j = 0; j < d; j++)
        {
            column.Clear();
            column[j] = 1;
            work.Moments.Solve(k, column);
            for (int i = 0; i < d; i++)
                a[i * d + j] += factor * column[i];
            double variance = work.Moments.Covariance(k)[j * d + j];
            a[j * d + j] -= ofPenalty / (variance * variance);
        }
    }

    // From the moments to points and memberships; what a mean changes in its covariance is 0.
    private static void ThroughMoments(in MixtureEnergy.Work work, int k, double ofLogWeight)
    {
        int d = work.Dimension;
        MixtureMoments moments = work.Moments;
        ReadOnlySpan<double> a = work.CovarianceGradients.Slice(k * d * d, d * d), b = work.MeanGradients.Slice(k * d, d), mean = moments.Mean(k);
        ReadOnlySpan<double> memberships = work.Memberships, covariance = moments.Covariance(k);
        Span<double> e = work.Differences[..d], points = work.PointGradients, ofMemberships = work.MembershipGradients;
        double mass = moments.Mass(k), trace = 0;
        for (int i = 0; i < d; i++)
        {
            trace -= a[i * d + i] * moments.Ridge(k);
            for (int j = 0; j < d; j++)
                trace += a[i * d + j] * covariance[i * d + j];
        }

        for (int r = 0; r < work.Rows; r++)
        {
            ReadOnlySpan<double> point = work.Point(r);
            for (int i = 0; i < d; i++)
                e[i] = point[i] - mean[i];
            double membership = memberships[r * work.Components + k] / mass, sum = ofLogWeight - trace;
            for (int i = 0; i < d; i++)
            {
                double product = 0;
                for (int j = 0; j < d; j++)
                    product += a[i * d + j] * e[j];
                sum += e[i] * (product + b[i]);
                points[r * d + i] += membership * (2 * product + b[i]);
            }

            ofMemberships[r * work.Components + k] = sum / mass;
        }
    }
}
