using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(NormalizingTransformer), null, typeof(SignatureLoadModel), "Normalizer",
    NormalizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "Normalizer";

    private readonly NormalizerColumn[] _normalizers;

    internal NormalizingTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        NormalizerColumn[] normalizers)
        : base(env.Register(nameof(NormalizingTransformer)), columns) => _normalizers = normalizers;

    private NormalizingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx)
    {
        _normalizers = new NormalizerColumn[ColumnPairs.Length];
        for (int i = 0; i < _normalizers.Length; i++)
            _normalizers[i] = NormalizerColumn.Load(ctx.Reader);
    }

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Errors.CheckParam((uint)index < (uint)_normalizers.Length, nameof(index),
            $"The index must be between 0 and {_normalizers.Length - 1}");
        return _normalizers[index].Parameters;
    }

    internal static NormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new NormalizingTransformer(env.Register(nameof(NormalizingTransformer)), ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        DataViewType type = inputSchema[srcCol].Type;
        bool fits = type.GetItemType().RawType == _normalizers[col].ItemType && type.GetItemType() is NumberDataViewType
            && type is VectorDataViewType { IsKnownSize: true } == _normalizers[col].IsVector;
        if (!fits)
        {
            string expected = $"{(_normalizers[col].IsVector ? "known-size vector" : "scalar")} of {_normalizers[col].ItemType.Name}";
            throw Errors.SchemaMismatch(nameof(inputSchema), "input", ColumnPairs[col].inputColumnName, expected, type.ToString());
        }
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
        foreach (NormalizerColumn normalizer in _normalizers)
            normalizer.Save(ctx.Writer);
    }

    private static VersionInfo GetVersionInfo() =>
        new("NORMALZR", 0x00010002, 0x00010002, 0x00010002, typeof(NormalizingTransformer).Assembly.FullName, LoaderSignature);

    private sealed class Mapper(NormalizingTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => parent.ColumnPairs.Select((pair, i) =>
        {
            DataViewSchema.Column source = InputSchema[InputColumns[i]];
            var builder = new DataViewSchema.Annotations.Builder();
            builder.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
            builder.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
            return new DataViewSchema.DetachedColumn(pair.outputColumnName, source.Type, builder.ToAnnotations());
        }).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            return parent._normalizers[iinfo].MakeGetter(input, InputSchema[InputColumns[iinfo]]);
        }
    }
}
