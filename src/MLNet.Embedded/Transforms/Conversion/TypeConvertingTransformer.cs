using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(TypeConvertingTransformer), null, typeof(SignatureLoadModel), "Convert Transform",
    TypeConvertingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ConvertTransform";

    private readonly DataKind _kind;
    private readonly PrimitiveDataViewType _type;

    internal TypeConvertingTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns, DataKind kind)
        : base(env.Register(nameof(TypeConvertingTransformer)), columns)
    {
        _kind = kind;
        _type = kind.ToPrimitive();
    }

    private TypeConvertingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx)
    {
        _kind = (DataKind)ctx.Reader.ReadByte();
        Errors.CheckDecode(Enum.IsDefined(_kind));
        _type = _kind.ToPrimitive();
    }

    internal static TypeConvertingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new TypeConvertingTransformer(env.Register(nameof(TypeConvertingTransformer)), ctx);
    }

    internal static ArgumentOutOfRangeException Incompatible(string column, DataViewType source, DataViewType destination) =>
        Errors.Param("inputSchema",
            $"source column '{column}' with item type '{source}' is not compatible with destination type '{destination}'");

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        DataViewType source = inputSchema[srcCol].Type.GetItemType();
        if (!ValueConversions.TryGet(source, _type, out _))
            throw Incompatible(ColumnPairs[col].inputColumnName, source, _type);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
        ctx.Writer.Write((byte)_kind);
    }

    private static VersionInfo GetVersionInfo() =>
        new("CONVERTF", 0x00010005, 0x00010005, 0x00010005, typeof(TypeConvertingTransformer).Assembly.FullName, LoaderSignature);

    private sealed class Mapper(TypeConvertingTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => parent.ColumnPairs.Select((pair, i) =>
        {
            DataViewSchema.Column source = InputSchema[InputColumns[i]];
            DataViewType item = source.Type.GetItemType();
            bool toNumber = parent._type is NumberDataViewType;
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
            if (toNumber && item is BooleanDataViewType)
                builder.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
            else if (toNumber && item is NumberDataViewType)
                builder.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.IsNormalized);
            DataViewType type = source.Type is VectorDataViewType vector
                ? new VectorDataViewType(parent._type, vector.Dimensions)
                : parent._type;
            return new DataViewSchema.DetachedColumn(pair.outputColumnName, type, builder.ToAnnotations());
        }).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            DataViewSchema.Column source = InputSchema[InputColumns[iinfo]];
            DataViewType item = source.Type.GetItemType();
            ValueConversions.TryGet(item, parent._type, out Delegate conversion);
            return GenericCall.Invoke<Delegate>(typeof(MappedGetters), null, nameof(MappedGetters.Make),
                [item.RawType, parent._type.RawType], input, source, conversion);
        }
    }
}
