using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A catalog, which hands its environment to the components made from it.</summary>
internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}

internal static class CatalogUtils
{
    public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog)
    {
        Errors.CheckValue(catalog, nameof(catalog));
        return catalog.Environment;
    }
}
