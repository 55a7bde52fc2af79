namespace Adversarial.Neural;

public static partial class Functions
{
    /// <summary>
    /// Relative Euclidean distance |x - y| / |x| and cosine x'y / (|x| |y|) of each row and its reconstruction, [rows, 2] (Zong et al. 2018).
    /// Norms that divide are at least 1e-6. Gradient flows to the reconstruction alone.
    /// </summary>
    /// <param name="rows">The rows x, [rows, columns].</param>
    /// <param name="reconstruction">The reconstructions y, [rows, columns].</param>
    /// <returns>The two features, [rows, 2].</returns>
    public static Tensor ReconstructionFeatures(Tensor rows, Tensor reconstruction) => ReconstructionFeaturesOperation.Apply(rows, reconstruction);

    /// <summary>
    /// Mean over points of -log sum_k phi_k N(point; mu_k, S_k), and the sum of all inverse variances 1 / S_k[j, j], [1, 2], for the weights,
    /// means and covariances that memberships give (Zong et al. 2018, Eq. 5 to 7). Gradient flows to points and memberships, through the moments too.
    /// </summary>
    /// <param name="points">The points, [rows, dimension].</param>
    /// <param name="memberships">How much each point belongs to each component, at least 0, [rows, components].</param>
    /// <param name="ridge">What is added to each variance, above 0.</param>
    /// <returns>Mean energy and penalty, [1, 2].</returns>
    public static Tensor MixtureEnergy(Tensor points, Tensor memberships, float ridge) => MixtureEnergyOperation.Apply(points, memberships, ridge);

    /// <summary>
    /// The energy -log sum_k of exp(c - |W (point - mu)|² / 2) of each point under a mixture that is known, [rows, 1]. It carries no gradient.
    /// </summary>
    /// <param name="points">The points, [rows, dimension].</param>
    /// <param name="mixture">Row k holds c, mu and the lower triangular W row by row, [components, 1 + dimension + dimension²].</param>
    /// <returns>The energies, [rows, 1].</returns>
    public static Tensor RowMixtureEnergy(Tensor points, Matrix mixture)
    {
        if (mixture.Columns != 1 + points.Columns + points.Columns * points.Columns)
            throw new ArgumentException($"A mixture of {mixture.Columns} columns was given points of {points.Columns}.");
        if (points.Tape.Recording)
            throw new InvalidOperationException("Energies of rows are for scoring: there is no way back through them.");
        Tensor y = points.Tape.Allocate(points.Rows, 1);
        points.Tape.Device.RowMixtureEnergy(points.Value, mixture, y.Value);
        return y;
    }
}
