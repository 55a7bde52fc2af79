using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHost _host;
    private readonly (string outputColumnName, string inputColumnName)[] _columns;
    private readonly int _maximum;
    private readonly bool _sorted;
    private readonly bool _asText;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns, int maximum,
        KeyOrdinality ordinality, bool asText, IDataView keyData)
    {
        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        Errors.CheckParam(columns is { Length: > 0 }, nameof(columns), "columns cannot be null or empty");
        foreach ((string output, _) in columns)
            Errors.CheckNonWhiteSpace(output, "outputColumnName");
        _columns = columns;
        _maximum = maximum;
        _sorted = ordinality == KeyOrdinality.ByValue;
        _asText = asText;
        _keyData = keyData;
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        DataViewSchema inputSchema = input.Schema;
        var sources = new DataViewSchema.Column[_columns.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            string name = _columns[i].inputColumnName;
            sources[i] = inputSchema.GetColumnOrNull(name) ?? throw Errors.ColumnNotFound(nameof(inputSchema), "input", name);
            CheckType(sources[i].Type.GetItemType(), name);
        }
        Errors.CheckParam(_maximum > 0, "MaxNumTerms", "Must be positive");
        TermMap[] terms = _keyData == null ? Learn(input, sources) : LearnKeyData(sources);
        return new ValueToKeyMappingTransformer(_host, _columns, terms, _asText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            if (!inputSchema.TryFindColumn(input, out SchemaShape.Column column))
                throw Errors.ColumnNotFound(nameof(inputSchema), "input", input);
            CheckType(column.ItemType, input);
            var annotations = new List<SchemaShape.Column>();
            if (column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out SchemaShape.Column slotNames))
                annotations.Add(slotNames);
            DataViewType valueType = _asText || column.IsKey ? TextDataViewType.Instance : column.ItemType;
            annotations.Add(new SchemaShape.Column(AnnotationUtils.Kinds.KeyValues, SchemaShape.Column.VectorKind.Vector, valueType,
                false));
            columns[output] = new SchemaShape.Column(output, column.Kind, NumberDataViewType.UInt32, true, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }

    private TermMap[] Learn(IDataView input, DataViewSchema.Column[] sources)
    {
        using DataViewRowCursor cursor = input.GetRowCursor(sources.DistinctBy(source => source.Index));
        TermLearner[] learners = Array.ConvertAll(sources, source => TermLearner.Create(cursor, source, _maximum));
        while (cursor.MoveNext())
        {
            foreach (TermLearner learner in learners)
                learner.ProcessRow();
        }
        return Array.ConvertAll(learners, learner => learner.Finish(_sorted));
    }

    // All columns share the given terms.
    private TermMap[] LearnKeyData(DataViewSchema.Column[] sources)
    {
        DataViewSchema.Column[] columns = _keyData.Schema.Where(column => !column.IsHidden).ToArray();
        Errors.CheckParam(columns.Length == 1, "keyData", "The key data must have exactly one column");
        TermMap terms = Learn(_keyData, columns)[0];
        foreach (DataViewSchema.Column source in sources)
        {
            if (!source.Type.GetItemType().Equals(terms.ItemType))
                throw Errors.Operation($"Column '{source.Name}' and the key data have different types: {source.Type}, {terms.ItemType}");
        }
        return Array.ConvertAll(sources, _ => terms);
    }

    private static void CheckType(DataViewType itemType, string name)
    {
        if (itemType is not PrimitiveDataViewType or RowIdDataViewType)
            throw Errors.SchemaMismatch("inputSchema", "input", name, "vector or primitive type", itemType.ToString());
    }
}
