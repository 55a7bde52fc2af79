using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(KeyToValueMappingTransformer), null, typeof(SignatureLoadModel), "Key To Value Transform",
    KeyToValueMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(KeyToValueMappingTransformer)), columns)
    {
    }

    private KeyToValueMappingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx)
    {
    }

    internal static KeyToValueMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new KeyToValueMappingTransformer(env.Register(nameof(KeyToValueMappingTransformer)), ctx);
    }

    internal static InvalidOperationException NoKeyValues() => Errors.Operation("Metadata KeyValues does not exist");

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        KeyColumns.Check(inputSchema[srcCol]);
        if (!inputSchema[srcCol].HasAnnotation(AnnotationUtils.Kinds.KeyValues))
            throw NoKeyValues();
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
    }

    private static VersionInfo GetVersionInfo() =>
        new("KEY2VALT", 0x00010001, 0x00010001, 0x00010001, typeof(KeyToValueMappingTransformer).Assembly.FullName, LoaderSignature);

    private sealed class Mapper(KeyToValueMappingTransformer parent, DataViewSchema schema) :
        OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => parent.ColumnPairs.Select((pair, i) =>
        {
            DataViewSchema.Column source = InputSchema[InputColumns[i]];
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
            PrimitiveDataViewType item = ValueType(source);
            DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Dimensions) : item;
            return new DataViewSchema.DetachedColumn(pair.outputColumnName, type, builder.ToAnnotations());
        }).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            DataViewSchema.Column source = InputSchema[InputColumns[iinfo]];
            return GenericCall.Invoke<Delegate>(typeof(Mapper), null, nameof(MakeGetterCore), [ValueType(source).RawType], input, source);
        }

        private static PrimitiveDataViewType ValueType(DataViewSchema.Column source) =>
            (PrimitiveDataViewType)source.Annotations.Schema[AnnotationUtils.Kinds.KeyValues].Type.GetItemType();

        private static Delegate MakeGetterCore<T>(DataViewRow input, DataViewSchema.Column source)
        {
            VBuffer<T> buffer = default;
            source.Annotations.GetValue(AnnotationUtils.Kinds.KeyValues, ref buffer);
            T[] values = buffer.DenseValues().ToArray();
            T missing = Missing<T>();
            ValueMapper<uint, T> map = (in uint key, ref T value) => value = key > 0 && key <= values.Length ? values[key - 1] : missing;

            ValueGetter<VBuffer<uint>> getKeys = KeyColumns.Keys(input, source);
            VBuffer<uint> keys = default;
            if (source.Type is not VectorDataViewType)
            {
                ValueGetter<T> scalar = (ref T destination) =>
                {
                    getKeys(ref keys);
                    map(keys.GetItemOrDefault(0), ref destination);
                };
                return scalar;
            }
            return MappedGetters.MakeVector(getKeys, map);
        }

        private static T Missing<T>() => default(T) switch
        {
            float => (T)(object)float.NaN,
            double => (T)(object)double.NaN,
            var other => other,
        };
    }
}
