using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel), "Term Transform",
    ValueToKeyMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private const string VocabularyDirectory = "Vocabulary";

    private readonly TermMap[] _terms;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, (string outputColumnName, string inputColumnName)[] columns,
        TermMap[] terms, bool asText)
        : base(env.Register(nameof(ValueToKeyMappingTransformer)), columns)
    {
        _terms = terms;
        _asText = asText;
    }

    private ValueToKeyMappingTransformer(IHost host, ModelLoadContext ctx) : base(host, ctx)
    {
        _asText = ctx.Reader.ReadBoolean();
        _terms = new TermMap[ColumnPairs.Length];
        bool found = ctx.TryProcessSubModel(VocabularyDirectory, vocabulary =>
        {
            vocabulary.CheckAtModel(GetVocabularyVersionInfo());
            for (int i = 0; i < _terms.Length; i++)
                _terms[i] = TermMap.Load(vocabulary.Reader);
        });
        Errors.CheckDecode(found);
    }

    internal static ValueToKeyMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        return new ValueToKeyMappingTransformer(env.Register(nameof(ValueToKeyMappingTransformer)), ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        DataViewType type = inputSchema[srcCol].Type.GetItemType();
        if (!type.Equals(_terms[col].ItemType))
        {
            throw Errors.Operation($"Could not apply a map over type '{_terms[col].ItemType}' to column " +
                $"'{ColumnPairs[col].outputColumnName}' since it has type '{inputSchema[srcCol].Type}'");
        }
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
        ctx.Writer.Write(_asText);
        ctx.SaveSubModel(VocabularyDirectory, vocabulary =>
        {
            vocabulary.SetVersionInfo(GetVocabularyVersionInfo());
            foreach (TermMap terms in _terms)
                terms.Save(vocabulary.Writer);
        });
    }

    private static VersionInfo GetVersionInfo() =>
        new("TERMTRAN", 0x00010003, 0x00010003, 0x00010003, typeof(ValueToKeyMappingTransformer).Assembly.FullName, LoaderSignature);

    private static VersionInfo GetVocabularyVersionInfo() =>
        new("TERM MAN", 0x00010003, 0x00010003, 0x00010003, typeof(ValueToKeyMappingTransformer).Assembly.FullName, "TermManager");

    private sealed class Mapper(ValueToKeyMappingTransformer parent, DataViewSchema schema) :
        OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore()
        {
            var columns = new DataViewSchema.DetachedColumn[InputColumns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                DataViewSchema.Column source = InputSchema[InputColumns[i]];
                TermMap terms = parent._terms[i];
                var builder = new DataViewSchema.Annotations.Builder();
                builder.Add(source.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
                if (terms.Count > 0)
                {
                    Delegate getter = terms.KeyValuesGetter(source, parent._asText, out PrimitiveDataViewType valueType);
                    builder.AddKeyValues(terms.Count, valueType, getter);
                }
                DataViewType type = source.Type is VectorDataViewType vector
                    ? new VectorDataViewType(terms.KeyType, vector.Dimensions)
                    : terms.KeyType;
                columns[i] = new DataViewSchema.DetachedColumn(parent.ColumnPairs[i].outputColumnName, type, builder.ToAnnotations());
            }
            return columns;
        }

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            return parent._terms[iinfo].MakeGetter(input, InputSchema[InputColumns[iinfo]]);
        }
    }
}
