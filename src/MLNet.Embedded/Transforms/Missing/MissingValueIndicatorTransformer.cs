using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(MissingValueIndicatorTransformer), null, typeof(SignatureLoadModel), "NA Indicator Transform",
    MissingValueIndicatorTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class MissingValueIndicatorTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NaIndicatorTransform";
    internal const string TransformName = "NAIndicatorTransform";

    internal MissingValueIndicatorTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(MissingValueIndicatorTransformer)), columns)
    {
    }

    private MissingValueIndicatorTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx)
    {
    }

    internal static MissingValueIndicatorTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new MissingValueIndicatorTransformer(env.Register(nameof(MissingValueIndicatorTransformer)), ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol) =>
        MissingValues.Check(inputSchema[srcCol].Type.GetItemType(), TransformName);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
    }

    private static VersionInfo GetVersionInfo() =>
        new("NAIND TF", 0x00010001, 0x00010001, 0x00010001, typeof(MissingValueIndicatorTransformer).Assembly.FullName, LoaderSignature);

    private sealed class Mapper(MissingValueIndicatorTransformer parent, DataViewSchema schema) :
        OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => parent.ColumnPairs.Select((pair, i) =>
        {
            DataViewSchema.Column source = InputSchema[InputColumns[i]];
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
            builder.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
            DataViewType type = source.Type is VectorDataViewType vector
                ? new VectorDataViewType(BooleanDataViewType.Instance, vector.Dimensions)
                : BooleanDataViewType.Instance;
            return new DataViewSchema.DetachedColumn(pair.outputColumnName, type, builder.ToAnnotations());
        }).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            DataViewSchema.Column source = InputSchema[InputColumns[iinfo]];
            return source.Type.GetItemType().RawType == typeof(double) ? Make<double>(input, source) : Make<float>(input, source);
        }

        private static Delegate Make<T>(DataViewRow input, DataViewSchema.Column source) where T : INumberBase<T> =>
            MappedGetters.Make(input, source, (in T value, ref bool missing) => missing = T.IsNaN(value));
    }
}
