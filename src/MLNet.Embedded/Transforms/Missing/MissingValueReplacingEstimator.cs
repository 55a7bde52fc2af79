using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHost _host;
    private readonly (string outputColumnName, string inputColumnName)[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        ReplacementMode mode, bool bySlot)
    {
        _host = env.Register(nameof(MissingValueReplacingEstimator));
        Errors.CheckValue(columns, nameof(columns));
        Errors.CheckParam(Enum.IsDefined(mode), nameof(mode), $"Unknown replacement mode {mode}");
        foreach ((string output, _) in columns)
            Errors.CheckNonEmpty(output, "outputColumnName");
        _columns = columns;
        _mode = mode;
        _bySlot = bySlot;
    }

    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema inputSchema = input.Schema;
        var sources = new DataViewSchema.Column[_columns.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            string name = _columns[i].inputColumnName;
            sources[i] = inputSchema.GetColumnOrNull(name) ?? throw Errors.ColumnNotFound(nameof(inputSchema), "input", name);
            MissingValues.Check(sources[i].Type.GetItemType(), MissingValueReplacingTransformer.TransformName);
        }

        Replacement[] replacements = _mode == ReplacementMode.DefaultValue
            ? Array.ConvertAll(sources, source => Replacement.Zero(source.Type.GetItemType()))
            : Learn(input, sources);
        return new MissingValueReplacingTransformer(_host, _columns, replacements);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            SchemaShape.Column column = MissingValues.Find(inputSchema, input, MissingValueReplacingTransformer.TransformName);
            IEnumerable<SchemaShape.Column> annotations =
                column.Annotations.Where(kind => MissingValueReplacingTransformer.KeepsAnnotation(kind.Name));
            columns[output] = new SchemaShape.Column(output, column.Kind, column.ItemType, false, new SchemaShape(annotations));
        }
        return new SchemaShape(columns.Values);
    }

    private Replacement[] Learn(IDataView input, DataViewSchema.Column[] sources)
    {
        using DataViewRowCursor cursor = input.GetRowCursor(sources.DistinctBy(source => source.Index));
        ReplacementLearner[] learners = Array.ConvertAll(sources, source => ReplacementLearner.Create(cursor, source, _mode, _bySlot));
        while (cursor.MoveNext())
        {
            foreach (ReplacementLearner learner in learners)
                learner.ProcessRow();
        }
        return Array.ConvertAll(learners, learner => learner.Finish());
    }
}
