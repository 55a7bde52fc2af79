using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>Checks of columns, with ML.NET's wording and a remedy.</summary>
internal static class SchemaErrors
{
    private const string Vector = "Vector<Single>";
    private const int MostNames = 20;

    public static ArgumentOutOfRangeException NotFound(string role, string column, DataViewSchema schema, string remedy = "") =>
        NotFound(role, column, schema.Where(there => !there.IsHidden).Select(there => there.Name), remedy);

    public static ArgumentOutOfRangeException NotFound(string role, string column, SchemaShape schema) =>
        NotFound(role, column, schema.Select(there => there.Name));

    private static ArgumentOutOfRangeException NotFound(string role, string column, IEnumerable<string> there, string remedy = "")
    {
        string[] names = [.. there.Take(MostNames + 1).Select(name => $"'{name}'")];
        string list = names.Length == 0 ? "there is none" : $"there are {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? " and others" : "")}";
        return new ArgumentOutOfRangeException("inputSchema", $"Could not find {role} column '{column}'; {list}{remedy}");
    }

    public static ArgumentOutOfRangeException Mismatch(string role, string column, string expected, ColumnKind got, string remedy = "") =>
        new("inputSchema", $"Schema mismatch for {role} column '{column}': expected {expected}, got {got.Text}{remedy}");

    /// <summary>The feature column of a training set: a vector of floats of known size.</summary>
    public static DataViewSchema.Column CheckFeatures(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw NotFound("feature", name, schema);
        CheckFeatures(name, ColumnKind.Of(column.Type), Vector);
        return column;
    }

    /// <summary>The same of a promised schema.</summary>
    public static void CheckFeatures(SchemaShape schema, string name) =>
        CheckFeatures(name, ColumnKind.Find(schema, name) ?? throw NotFound("feature", name, schema), Vector);

    /// <summary>The feature column of rows to score: a vector of as many floats as the detector was trained on.</summary>
    public static DataViewSchema.Column CheckFeatures(DataViewSchema schema, string name, int size)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw NotFound("feature", name, schema);
        string expected = $"Vector<Single, {size}>";
        ColumnKind kind = ColumnKind.Of(column.Type);
        CheckFeatures(name, kind, expected);
        return ((VectorDataViewType)column.Type).Size == size ? column : throw Mismatch("feature", name, expected, kind);
    }

    private static void CheckFeatures(string name, ColumnKind kind, string expected)
    {
        if (kind.Vector != SchemaShape.Column.VectorKind.Vector || kind.IsKey || kind.Item is not NumberDataViewType { RawType: var raw } || raw != typeof(float))
            throw Mismatch("feature", name, expected, kind, Remedy(name, kind));
    }

    private static string Remedy(string name, ColumnKind kind)
    {
        if (kind.IsKey)
            return $"; turn keys into numbers first: mlContext.Transforms.Conversion.MapKeyToVector(\"{name}\")";
        if (kind.Item is TextDataViewType)
            return $"; turn text into numbers first: mlContext.Transforms.Categorical.OneHotEncoding(\"{name}\") or mlContext.Transforms.Text.FeaturizeText(\"{name}\")";

        // The type is that of an optional package.
        if (kind.Item.RawType.FullName == "Microsoft.ML.Data.MLImage")
        {
            return $"; take the pixels of images of one size first: mlContext.Transforms.ResizeImages(\"{name}\", imageWidth, imageHeight)" +
                $".Append(mlContext.Transforms.ExtractPixels(\"{name}\"))";
        }

        if (kind.Item is not (NumberDataViewType or BooleanDataViewType))
            return "";
        if (kind.Vector == SchemaShape.Column.VectorKind.VariableVector && kind.Item.RawType == typeof(byte))
        {
            return "; bytes of image files (LoadRawImageBytes) are no pixels: mlContext.Transforms.LoadImages, ResizeImages and ExtractPixels give these; " +
                "of other bytes the number must be known: put [VectorType(n)] on the member that they are read from, and convert them by mlContext.Transforms.Conversion.ConvertType";
        }

        if (kind.Vector == SchemaShape.Column.VectorKind.VariableVector)
        {
            return "; its size must be known: put [VectorType(n)] on the member that it is read from, " +
                $"or set schemaDefinition[\"{name}\"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, n)";
        }

        string convert = kind.Item.RawType == typeof(float) ? "" : $"mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single)";
        string concatenate = kind.IsVector ? "" : $"mlContext.Transforms.Concatenate(\"{name}\", \"{name}\")";
        return convert.Length == 0
            ? $"; make a vector of it, or of several columns, first: {concatenate}"
            : $"; convert it first: {convert}{(concatenate.Length == 0 ? "" : $".Append({concatenate})")}";
    }
}
