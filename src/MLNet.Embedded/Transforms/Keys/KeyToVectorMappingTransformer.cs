using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(KeyToVectorMappingTransformer), null, typeof(SignatureLoadModel), "Key To Vector Transform",
    KeyToVectorMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToVector";

    private readonly bool _outputCountVector;

    internal KeyToVectorMappingTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        bool outputCountVector)
        : base(env.Register(nameof(KeyToVectorMappingTransformer)), columns) => _outputCountVector = outputCountVector;

    private KeyToVectorMappingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx) =>
        _outputCountVector = ctx.Reader.ReadBoolean();

    internal static KeyToVectorMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new KeyToVectorMappingTransformer(env.Register(nameof(KeyToVectorMappingTransformer)), ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol) =>
        KeyColumns.Check(inputSchema[srcCol]);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
        ctx.Writer.Write(_outputCountVector);
    }

    private static VersionInfo GetVersionInfo() =>
        new("KEY2VECT", 0x00010002, 0x00010002, 0x00010002, typeof(KeyToVectorMappingTransformer).Assembly.FullName, LoaderSignature);

    private sealed class Mapper(KeyToVectorMappingTransformer parent, DataViewSchema schema) :
        OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            parent.ColumnPairs.Select((pair, i) => MakeColumn(pair.outputColumnName, InputSchema[InputColumns[i]])).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            DataViewSchema.Column source = InputSchema[InputColumns[iinfo]];
            ValueGetter<VBuffer<uint>> keys = KeyColumns.Keys(input, source);
            int size = source.Type.GetItemType().GetKeyCountAsInt32();
            return parent._outputCountVector ? KeyIndicators.Counts(keys, size) : KeyIndicators.Indicators(keys, size);
        }

        private DataViewSchema.DetachedColumn MakeColumn(string name, DataViewSchema.Column source)
        {
            int size = source.Type.GetItemType().GetKeyCountAsInt32();
            bool counts = parent._outputCountVector;
            VectorDataViewType type = KeySlotNames.VectorType(counts ? NumberDataViewType.Single : source.Type, size);
            var builder = new DataViewSchema.Annotations.Builder();
            if (type.IsKnownSize && source.HasKeyValues(TextDataViewType.Instance))
                AddSlotNames(builder, source, size);
            if (type.IsKnownSize && !counts)
            {
                int groups = source.Type.GetValueCount();
                builder.Add(AnnotationUtils.Kinds.CategoricalSlotRanges, AnnotationUtils.GetCategoricalType(groups),
                    (ref VBuffer<int> ranges) => ranges = new VBuffer<int>(2 * groups,
                        Enumerable.Range(0, groups).SelectMany(i => new[] { i * size, (i + 1) * size - 1 }).ToArray()));
            }
            // The count of one key is its indicator.
            if (!counts || source.Type is not VectorDataViewType)
                builder.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
            return new DataViewSchema.DetachedColumn(name, type, builder.ToAnnotations());
        }

        private void AddSlotNames(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, int size)
        {
            if (parent._outputCountVector)
            {
                builder.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> names) =>
                    names = new VBuffer<ReadOnlyMemory<char>>(size, KeyColumns.GetTexts(source)));
            }
            else
            {
                KeySlotNames.Add(builder, source, KeyColumns.GetTexts(source));
            }
        }
    }
}
