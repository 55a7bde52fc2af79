using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML;
using ModelLoader;

namespace Conformance.Tests.MLNet;

/// <summary>Saved models.</summary>
internal static class ModelChecks
{
    // Equal models need one child process only.
    private static readonly ConcurrentDictionary<string, string[]> _known = [];

    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        new("28s a saved model scores the same", RoundTrip),
        new("28t a saved model scores the same in another process", subject => AnotherProcess(subject, "en-US")),
        new("28u a saved model scores the same in another process in de-DE", subject => AnotherProcess(subject, "de-DE")),
    ];

    private static void RoundTrip(TrainerSubject subject)
    {
        var mlContext = new MLContext(1);
        TableView data = SubjectData.Test();
        ITransformer chain = mlContext.Transforms.CopyColumns("Copy", "Features").Append(subject.Create()).Fit(subject.Training());
        foreach (ITransformer model in (ITransformer[])[subject.Fitted, chain])
        {
            using var stream = new MemoryStream();
            mlContext.Model.Save(model, data.Schema, stream);
            ITransformer loaded = new MLContext().Model.Load(stream, out DataViewSchema schema);
            Assert.Equal(data.Schema.Select(column => $"{column.Name} {column.Type}"), schema.Select(column => $"{column.Name} {column.Type}"));
            Assert.Equal(subject.Expected, ScoreLine.ReadAll(loaded.Transform(data)));
            Assert.Equal(SchemaChecks.Describe(model.Transform(data).Schema), SchemaChecks.Describe(loaded.Transform(data).Schema));
        }
    }

    private static void AnotherProcess(TrainerSubject subject, string culture)
    {
        string folder = Directory.CreateTempSubdirectory("conformance-").FullName;
        try
        {
            string model = Path.Combine(folder, "model.zip");
            string rows = Path.Combine(folder, "rows.csv");
            SubjectData.SaveTest(rows);
            new MLContext(1).Model.Save(subject.Fitted, SubjectData.Test().Schema, model);
            Assert.Equal(subject.Expected, _known.GetOrAdd(Fingerprint(model) + culture, _ => LoaderProcess.Run(model, rows, culture)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Of the content alone: the archive also holds times.
    private static string Fingerprint(string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using (Stream stream = entry.Open())
                stream.CopyTo(content);
            hash.AppendData(content.ToArray());
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
