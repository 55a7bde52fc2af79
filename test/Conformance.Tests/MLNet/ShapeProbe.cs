using Microsoft.ML;
using Microsoft.ML.Data;

namespace Conformance.Tests.MLNet;

/// <summary>An estimator that does nothing but see the shape that a chain hands to it: nothing public makes a shape of a schema.</summary>
internal sealed class ShapeProbe : IEstimator<ITransformer>
{
    private SchemaShape? _seen;

    /// <summary>The shape of a view's schema.</summary>
    public static SchemaShape ShapeOf(IDataView data)
    {
        var probe = new ShapeProbe();
        new ShapeProbe().Append(probe).Fit(data);
        return probe._seen!;
    }

    /// <summary>A shape as lines that can be compared: name, kind, type, annotations.</summary>
    public static string[] Describe(SchemaShape shape) => [.. shape.Select(Describe).Order(StringComparer.Ordinal)];

    private static string Describe(SchemaShape.Column column) =>
        $"{column.Name}: {column.Kind} {(column.IsKey ? "key of " : "")}{column.ItemType} [{string.Join("; ", column.Annotations is null ? [] : Describe(column.Annotations))}]";

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _seen = inputSchema;

    public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();
}
