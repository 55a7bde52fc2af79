using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(KeyToBinaryVectorMappingTransformer), null, typeof(SignatureLoadModel),
    "Key To Binary Vector Transform", KeyToBinaryVectorMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class KeyToBinaryVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToBinaryVector";

    internal KeyToBinaryVectorMappingTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(KeyToBinaryVectorMappingTransformer)), columns)
    {
    }

    private KeyToBinaryVectorMappingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx)
    {
    }

    internal static KeyToBinaryVectorMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new KeyToBinaryVectorMappingTransformer(env.Register(nameof(KeyToBinaryVectorMappingTransformer)), ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol) =>
        KeyColumns.Check(inputSchema[srcCol]);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
    }

    private static VersionInfo GetVersionInfo() => new("KEY2BINR", 0x00010001, 0x00010001, 0x00010001,
        typeof(KeyToBinaryVectorMappingTransformer).Assembly.FullName, LoaderSignature);

    private sealed class Mapper(KeyToBinaryVectorMappingTransformer parent, DataViewSchema schema) :
        OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => parent.ColumnPairs.Select((pair, i) =>
        {
            DataViewSchema.Column source = InputSchema[InputColumns[i]];
            int bits = BitsPerKey(source);
            VectorDataViewType type = KeySlotNames.VectorType(source.Type, bits);
            var builder = new DataViewSchema.Annotations.Builder();
            if (type.IsKnownSize && source.HasKeyValues(TextDataViewType.Instance))
            {
                IEnumerable<string> names = Enumerable.Range(0, bits).Select(bit => FormattableString.Invariant($"Bit{bits - 1 - bit}"));
                KeySlotNames.Add(builder, source, names.Select(name => name.AsMemory()).ToArray());
            }
            if (source.Type is not VectorDataViewType)
                builder.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
            return new DataViewSchema.DetachedColumn(pair.outputColumnName, type, builder.ToAnnotations());
        }).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            DataViewSchema.Column source = InputSchema[InputColumns[iinfo]];
            return KeyIndicators.Bits(KeyColumns.Keys(input, source), BitsPerKey(source));
        }

        // One bit more than the count needs, so that all ones can stand for missing.
        private static int BitsPerKey(DataViewSchema.Column source) =>
            BitOperations.Log2((uint)source.Type.GetItemType().GetKeyCountAsInt32()) + 2;
    }
}
