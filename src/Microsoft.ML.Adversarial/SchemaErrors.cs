using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Checks of columns, with ML.NET's wording.</summary>
internal static class SchemaErrors
{
    public static ArgumentOutOfRangeException NotFound(string role, string column, string parameter = "inputSchema") =>
        new(parameter, $"Could not find {role} column '{column}'");

    public static ArgumentOutOfRangeException Mismatch(string role, string column, string expected, DataViewType got) =>
        Mismatch(role, column, expected, Name(got));

    public static ArgumentOutOfRangeException Mismatch(string role, string column, string expected, string got) =>
        new("inputSchema", $"Schema mismatch for {role} column '{column}': expected {expected}, got {got}");

    /// <summary>The feature column of a training set: a vector of floats of known size.</summary>
    public static DataViewSchema.Column CheckFeatures(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw NotFound("feature", name);
        if (column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single)
            return column;
        throw Mismatch("feature", name, "Vector<Single>", column.Type);
    }

    /// <summary>The feature column of rows to score: a vector of as many floats as the detector was trained on.</summary>
    public static DataViewSchema.Column CheckFeatures(DataViewSchema schema, string name, int size)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw NotFound("feature", name);
        if (column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == size)
            return column;
        throw Mismatch("feature", name, $"Vector<Single, {size}>", column.Type);
    }

    private static string Name(DataViewType type) =>
        type is VectorDataViewType { IsKnownSize: false } vector ? $"VarVector<{vector.ItemType}>" : type.ToString()!;
}
