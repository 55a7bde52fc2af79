using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Adversarial.Orleans;
using Microsoft.ML.Data;

namespace ClusterTests;

/// <summary>Parts of a data set are scored once and whole.</summary>
public class ScoreTests(TwoSilos cluster) : IClassFixture<TwoSilos>
{
    private static readonly ClusterFileFormat _format = ClusterFileFormat.Text(';', hasHeader: true, new ClusterColumn("Raw", DataKind.Single, 1, SimulatedRows.Columns));

    private readonly MLContext _context = new(seed: 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PartsHaveTheScoresOfOneProcess()
    {
        ITransformer model = Model();
        string[] files = [.. Enumerable.Range(0, 6).Select(i => WriteRows($"rows{i}.csv", 300 * i, i))];
        string output = Directory.CreateDirectory(cluster.Folder["out"]).FullName;
        // What a process that was killed left, and what an earlier run did.
        File.WriteAllText(Path.Combine(output, ".rows2.csv.scores.csv.abcdefgh.ijk.tmp"), "half a part");
        File.WriteAllText(Path.Combine(output, "rows3.csv.scores.csv"), "an old part");
        IReadOnlyList<ScoredPart> parts = await cluster.Client.ScoreFilesAsync(cluster.Folder["model.zip"], ScorePart.Of(files, output), _format, null, Cancellation);
        Assert.Equal(6, Directory.GetFiles(output).Length);
        foreach ((ScoredPart part, int i) in parts.Select((part, i) => (part, i)))
        {
            string[] expected = Expected(model, files[i]);
            Assert.Equal(expected, File.ReadAllLines(part.Part.Output));
            Assert.Equal(300 * i, part.Rows);
            Assert.Equal(expected.Count(line => line.EndsWith(",true", StringComparison.Ordinal)), part.Anomalies);
        }

        Assert.Contains(parts, part => part.Anomalies > 0);
        Assert.Equal(1, parts[5].RowsWithMissingValues);
        Assert.Equal(2, parts.Select(part => part.Silo).Distinct().Count());
    }

    [Fact]
    public async Task APartThatCannotBeReadLeavesNoOutput()
    {
        Model();
        string output = Directory.CreateDirectory(cluster.Folder["failed"]).FullName;
        ClusterJobException failure = await Assert.ThrowsAsync<ClusterJobException>(() => cluster.Client.ScoreFilesAsync(cluster.Folder["model.zip"],
            ScorePart.Of([cluster.Folder["missing.csv"]], output), _format, new ClusterJobOptions { NumberOfRetries = 0 }, Cancellation));
        Assert.Contains("part 1 of 1 (missing.csv)", failure.Message);
        Assert.Empty(Directory.GetFiles(output));
    }

    [Fact]
    public async Task OutputsMustBeTheirOwn()
    {
        Model();
        string model = cluster.Folder["model.zip"], rows = WriteRows("own.csv", 10, 1);
        Task Score(params ScorePart[] parts) => cluster.Client.ScoreFilesAsync(model, parts, _format, null, Cancellation);
        await Assert.ThrowsAsync<ArgumentException>(() => Score(new ScorePart(rows, rows)));
        await Assert.ThrowsAsync<ArgumentException>(() => Score(new ScorePart(rows, model)));
        await Assert.ThrowsAsync<ArgumentException>(() => Score(new ScorePart(rows, cluster.Folder["a"]), new ScorePart(rows, cluster.Folder["a"])));
        await Assert.ThrowsAsync<FileNotFoundException>(() => cluster.Client.ScoreFilesAsync(cluster.Folder["none.zip"], [], _format, null, Cancellation));
    }

    [Fact]
    public void AnotherModelThanTheCallersIsRefused()
    {
        Model();
        string path = cluster.Folder["model.zip"];
        var models = new ScoringModels();
        byte[] hash = ScoringModels.Hash(ScoringModels.Read(path));
        Assert.Same(models.Get(path, hash), models.Get(path, hash));
        Assert.Contains("another model", Assert.Throws<IOException>(() => models.Get(path, new byte[32])).Message);
    }

    private ITransformer Model()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(SimulatedRows.Draw(200, 1).Where(row => !row.Label).Select(row => new RawRow { Raw = row.Features }));
        ITransformer model = _context.Transforms.NormalizeMinMax("Features", "Raw")
            .Append(_context.AnomalyDetection.Trainers.Detector(new VaeOptions { Seed = 1, NumberOfEpochs = 1 })).Fit(rows);
        _context.Model.Save(model, rows.Schema, cluster.Folder["model.zip"]);
        return model;
    }

    private string WriteRows(string name, int rows, int seed)
    {
        string path = cluster.Folder[name];
        File.WriteAllLines(path, [.. SimulatedRows.Draw(rows, seed).Select((row, i) => string.Join(';', row.Features.Select(value => value.ToString("R", CultureInfo.InvariantCulture)).Prepend($"{i}"))).Prepend("id;a;b;c;d;e;f")]);
        return seed == 5 ? WithoutAValue(path) : path;
    }

    private static string WithoutAValue(string path)
    {
        string[] lines = File.ReadAllLines(path);
        lines[7] = "6;1;;1;1;1;1";
        File.WriteAllLines(path, lines);
        return path;
    }

    private string[] Expected(ITransformer model, string file)
    {
        IDataView scored = model.Transform(_format.Open(_context, file));
        return [.. scored.GetColumn<float>("Score").Zip(scored.GetColumn<bool>("PredictedLabel"),
            (score, label) => string.Create(CultureInfo.InvariantCulture, $"{score},{(label ? "true" : "false")}")).Prepend("Score,PredictedLabel")];
    }

    private sealed class RawRow
    {
        [VectorType(SimulatedRows.Columns)]
        public float[] Raw { get; set; } = [];
    }
}
