using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Saving and loading of models, and prediction on single objects.</summary>
public sealed class ModelOperationsCatalog : IInternalCatalog
{
    private const string TransformerDirectory = "TransformerChain";
    private const string SchemaEntry = "Schema";
    private const string VersionEntry = "TrainingInfo/Version.txt";

    private readonly IHostEnvironment _env;

    internal ModelOperationsCatalog(IHostEnvironmentInternal env)
    {
        Errors.CheckValue(env, nameof(env));
        _env = env.RegisterCatalog();
    }

    IHostEnvironment IInternalCatalog.Environment => _env;

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        Errors.CheckValue(stream, nameof(stream));
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var version = new StreamWriter(archive.CreateEntry(VersionEntry).Open()))
            version.WriteLine(GetVersion());
        if (model != null)
            ModelSaveContext.Save(archive, TransformerDirectory, model.Save);
        if (inputSchema == null)
            return;
        using Stream schema = archive.CreateEntry(SchemaEntry).Open();
        SchemaSerializer.Write(schema, inputSchema);
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Errors.CheckNonEmpty(filePath, nameof(filePath));
        using FileStream stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        Errors.CheckValue(stream, nameof(stream));
        using ZipArchive archive = Open(stream);
        if (!ModelLoadContext.TryLoad<ITransformer, SignatureLoadModel>(_env, out ITransformer model, archive, TransformerDirectory))
            throw Errors.Operation("Could not load legacy format model");
        using MemoryStream schema = ModelLoadContext.OpenBlock(archive, SchemaEntry);
        inputSchema = schema == null ? null : SchemaSerializer.Read(schema);
        return model;
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Errors.CheckNonEmpty(filePath, nameof(filePath));
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() =>
        CreatePredictionEngine<TSrc, TDst>(transformer, new PredictionEngineOptions
        {
            IgnoreMissingColumns = ignoreMissingColumns,
            InputSchemaDefinition = inputSchemaDefinition,
            OutputSchemaDefinition = outputSchemaDefinition,
        });

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new()
    {
        Errors.CheckValue(inputSchema, nameof(inputSchema));
        return CreatePredictionEngine<TSrc, TDst>(transformer, new PredictionEngineOptions
        {
            InputSchemaDefinition = SchemaDefinition.Create(typeof(TSrc), inputSchema),
        });
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new()
    {
        Errors.CheckValue(transformer, nameof(transformer));
        Errors.CheckValue(options, nameof(options));
        return new PredictionEngine<TSrc, TDst>(transformer, options);
    }

    private static ZipArchive Open(Stream stream)
    {
        ZipArchive archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            // The directory is read only when it is needed: a damaged one shall show here.
            _ = archive.Entries.Count;
            return archive;
        }
        catch (InvalidDataException e)
        {
            archive?.Dispose();
            throw Errors.Decode("Failed to open a zip archive", e);
        }
    }

    private static string GetVersion() => typeof(MLContext).Assembly.GetName().Version.ToString();
}
