namespace Adversarial.Detectors;

/// <summary>Tells before a training that its networks are too large for it, rather than by running out of memory in it.</summary>
internal static class TrainingMemory
{
    // Of a parameter: its value, gradient, Adam's two moments and the moving average.
    private const int FloatsOfAParameter = 5;

    /// <summary>Throws where the networks cannot be made, or cannot be trained in the memory that there is.</summary>
    /// <param name="networks">All networks of the detector.</param>
    /// <param name="columns">Number of features.</param>
    /// <param name="sizeOptions">Names of the options that set layer sizes.</param>
    /// <param name="available">Bytes that the process may use.</param>
    /// <exception cref="InvalidOperationException">They cannot.</exception>
    public static void Require(IReadOnlyList<NetworkSize> networks, int columns, IReadOnlyList<string> sizeOptions, long available)
    {
        NetworkSize largest = networks.MaxBy(network => network.Parameters);
        long parameters = networks.Sum(network => network.Parameters);
        double needed = (double)FloatsOfAParameter * sizeof(float) * parameters;
        if (largest.Parameters <= Array.MaxLength && needed <= available)
            return;
        string sizes = sizeOptions.Count == 0 ? "smaller layers" : $"smaller layers ({string.Join(", ", sizeOptions)})";
        throw new InvalidOperationException(
            $"The networks for {columns:N0} features are too large: training takes some {Gigabytes(needed)} GB for {parameters:N0} parameters " +
            $"(weights, gradients, two moments and averages), of {Gigabytes(available)} GB that are there. The largest network, '{largest.Name}', " +
            $"has {largest.Parameters:N0} parameters{(largest.Parameters > Array.MaxLength ? $", and one can have {Array.MaxLength:N0}" : "")}. " +
            $"Set {sizes}, or project the features to some hundred columns before (principal components, hashing to fewer bits).");
    }

    private static string Gigabytes(double bytes) => (bytes / (1L << 30)).ToString("N1", System.Globalization.CultureInfo.InvariantCulture);
}
