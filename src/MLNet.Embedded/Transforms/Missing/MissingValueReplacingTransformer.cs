using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(MissingValueReplacingTransformer), null, typeof(SignatureLoadModel), "NA Replace Transform",
    MissingValueReplacingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NAReplaceTransform";
    internal const string TransformName = "NAReplaceTransform";

    private readonly Replacement[] _replacements;

    internal MissingValueReplacingTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        Replacement[] replacements)
        : base(env.Register(nameof(MissingValueReplacingTransformer)), columns) => _replacements = replacements;

    private MissingValueReplacingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx)
    {
        _replacements = new Replacement[ColumnPairs.Length];
        for (int i = 0; i < _replacements.Length; i++)
            _replacements[i] = Replacement.Load(ctx.Reader);
    }

    internal static MissingValueReplacingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new MissingValueReplacingTransformer(env.Register(nameof(MissingValueReplacingTransformer)), ctx);
    }

    internal static bool KeepsAnnotation(string kind) => kind is AnnotationUtils.Kinds.SlotNames or AnnotationUtils.Kinds.IsNormalized;

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        DataViewType type = inputSchema[srcCol].Type;
        Replacement replacement = _replacements[col];
        MissingValues.Check(type.GetItemType(), TransformName);
        bool fits = type.GetItemType().RawType == replacement.ItemType
            && (replacement.Count == 1 || type.GetValueCount() == replacement.Count);
        if (!fits)
        {
            string expected = replacement.ItemType.Name + (replacement.Count == 1 ? "" : $" vector of size {replacement.Count}");
            throw Errors.SchemaMismatch(nameof(inputSchema), "input", ColumnPairs[col].inputColumnName, expected, type.ToString());
        }
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
        foreach (Replacement replacement in _replacements)
            replacement.Save(ctx.Writer);
    }

    private static VersionInfo GetVersionInfo() =>
        new("NAREP TF", 0x00010001, 0x00010001, 0x00010001, typeof(MissingValueReplacingTransformer).Assembly.FullName, LoaderSignature);

    private sealed class Mapper(MissingValueReplacingTransformer parent, DataViewSchema schema) :
        OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => parent.ColumnPairs.Select((pair, i) =>
        {
            DataViewSchema.Column source = InputSchema[InputColumns[i]];
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(source.Annotations, KeepsAnnotation);
            return new DataViewSchema.DetachedColumn(pair.outputColumnName, source.Type, builder.ToAnnotations());
        }).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            return parent._replacements[iinfo].MakeGetter(input, InputSchema[InputColumns[iinfo]]);
        }
    }
}
