using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>Tells before a fit that what it keeps does not fit into memory, rather than by running out of it.</summary>
internal static class FitMemory
{
    /// <summary>Throws where so many bytes are not there, or one array of them cannot be made.</summary>
    /// <param name="what">What is kept, in the plural: "20,000 training rows of 30 features".</param>
    /// <param name="bytes">Bytes that the fit takes at its peak.</param>
    /// <param name="largest">Elements of the largest array.</param>
    /// <param name="remedy">What to do: "lower MaximumKeptRows".</param>
    /// <param name="available">Bytes that the process may use.</param>
    /// <exception cref="InvalidOperationException">They are not there.</exception>
    public static void Require(string what, double bytes, double largest, string remedy, long available)
    {
        if (bytes <= available && largest <= Array.MaxLength)
            return;
        string limit = largest > Array.MaxLength ? $" (and {largest:N0} numbers in one array, which holds {Array.MaxLength:N0})" : "";
        throw new InvalidOperationException(
            $"{what} take some {Gigabytes(bytes)} GB of memory, of {Gigabytes(available)} GB that are there{limit}. " +
            $"{remedy}, or project the features to some hundred columns before.");
    }

    private static string Gigabytes(double bytes) => (bytes / (1L << 30)).ToString("N1", CultureInfo.InvariantCulture);
}
