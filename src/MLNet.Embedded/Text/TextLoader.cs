using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads delimited text. Nothing is read before a cursor moves; every cursor reads the source anew.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly TextFormat _format;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;

    internal TextLoader(Options options, IMultiStreamSource dataSample)
    {
        Errors.CheckValue(options, nameof(options));
        _format = new TextFormat(options);
        _columns = TextColumn.Bind(options, _format, dataSample);
        _schema = TextColumn.MakeSchema(_columns, HeaderFields(options, dataSample));
    }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource source)
    {
        Errors.CheckValue(source, nameof(source));
        return new TextDataView(source, _format, _columns, _schema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("Data loaders cannot be saved; save the transformers.");

    private string[] HeaderFields(Options options, IMultiStreamSource dataSample)
    {
        if (!string.IsNullOrEmpty(options.HeaderFile))
            return _format.ReadFirstLine(new MultiFileSource(options.HeaderFile));
        bool hasSample = options.HasHeader && dataSample is { Count: > 0 };
        return hasSample ? _format.ReadFirstLine(dataSample) : null;
    }
}
