using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cli.Tests;

public class ScoreTests(Workplace workplace)
{
    private ToolRun Score(string file, params string[] more) => Tool.Run(workplace.Folder, ["score", "-m", Workplace.Model, "-d", file, .. more]);

    [Fact]
    public void ScoresAreThoseOfThePipeline()
    {
        var context = new MLContext();
        ITransformer model = context.Model.Load(workplace.PathOf(Workplace.Model), out _);
        IDataView rows = context.Data.LoadFromTextFile(workplace.PathOf(Workplace.Labelled),
            [new("a", DataKind.Single, 0), new("b", DataKind.Single, 1), new("c", DataKind.Single, 2), new("kind", DataKind.String, 3)], separatorChar: ',', hasHeader: true, allowQuoting: true);
        IDataView scored = model.Transform(rows);
        IEnumerable<string> expected = scored.GetColumn<float>("Score").Zip(scored.GetColumn<bool>("PredictedLabel"), (score, flag) => FormattableString.Invariant($"{score},{(flag ? "true" : "false")}"));
        ToolRun run = Score(Workplace.Labelled).Succeeded();
        Assert.Equal(["Score,PredictedLabel", .. expected], run.Lines);
        Assert.Contains("200 rows scored", run.Errors);
        Assert.Contains($"{run.Lines.Count(line => line.EndsWith("true", StringComparison.Ordinal))} are anomalies", run.Errors);
    }

    // Such columns are put side by side without ML.NET's transformers; in the file they stand in another order.
    [Fact]
    public void ScoresOfNumbersAloneAreThoseOfThePipeline()
    {
        Tool.Run(workplace.Folder, "train", "-d", Workplace.Normal, "--ignore-cols", "kind", "--method", "knn", "-o", "numbers.zip").Succeeded();
        string file = workplace.Write("c,x,b,a\n5,1,0.52,0.5\n7,1,0.1,0.9\n1,1,NaN,0.2\n");
        var context = new MLContext();
        ITransformer model = context.Model.Load(workplace.PathOf("numbers.zip"), out _);
        IDataView rows = context.Data.LoadFromTextFile(workplace.PathOf(file), [new("c", DataKind.Single, 0), new("b", DataKind.Single, 2), new("a", DataKind.Single, 3)], separatorChar: ',', hasHeader: true);
        IEnumerable<float> expected = model.Transform(rows).GetColumn<float>("Score");
        Assert.Equal(expected, Tool.Run(workplace.Folder, "score", "-m", "numbers.zip", "-d", file).Succeeded().Lines.Skip(1)
            .Select(line => float.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void AppendedLinesStayAsTheyAre()
    {
        string[] input = File.ReadAllLines(workplace.PathOf(Workplace.Labelled));
        string[] output = Score(Workplace.Labelled, "--append").Succeeded().Lines;
        Assert.Equal(input.Length, output.Length);
        Assert.Equal(input[0] + ",Score,PredictedLabel", output[0]);
        Assert.All(input.Zip(output), pair => Assert.StartsWith(pair.First + ",", pair.Second));
    }

    [Fact]
    public void PipesGoThrough()
    {
        byte[] rows = File.ReadAllBytes(workplace.PathOf(Workplace.Normal));
        Assert.Equal(Score(Workplace.Normal).Succeeded().Output, Tool.Run(workplace.Folder, rows, ["score", "-m", Workplace.Model, "-d", "-"]).Succeeded().Output);
    }

    [Fact]
    public void PackedTabbedAndParquetFilesAreReadAndWritten()
    {
        string expected = Score(Workplace.Labelled).Succeeded().Output;
        using (var packed = new GZipStream(File.Create(workplace.PathOf("packed.csv.gz")), CompressionMode.Compress))
            packed.Write(File.ReadAllBytes(workplace.PathOf(Workplace.Labelled)));
        Score("packed.csv.gz", "--append", "-o", "tabbed.tsv").Succeeded();
        Score("tabbed.tsv", "--append", "-o", "rows.parquet").Succeeded();
        Assert.Equal(expected, Score("rows.parquet").Succeeded().Output);
        string[] lines = Score("rows.parquet", "--append", "--format", "jsonl").Succeeded().Lines;
        Assert.Equal(200, lines.Length);
        JsonObject row = JsonNode.Parse(lines[1])!.AsObject();
        Assert.Equal(["a", "b", "c", "kind", "label", "state", "Score", "PredictedLabel"], row.Select(entry => entry.Key));
        Assert.Equal("blue, or \"so\"", (string)row["kind"]!);
        Assert.False((bool)row["PredictedLabel"]!);
    }

    [Theory]
    [InlineData("anomaly", "NaN,true")]
    [InlineData("normal", "NaN,false")]
    public void MissingValuesAreHandledAsSaid(string choice, string expected)
    {
        string file = workplace.Write("c,kind,b,a\n5,red,,0.5\n5,red,0.52,0.5\n");
        Assert.Equal(expected, Score(file, "--missing-values", choice).Succeeded().Lines[1]);
    }

    [Fact]
    public void MissingValuesCanBeAnError() =>
        Score(workplace.Write("c,kind,b,a\n5,red,0.5,0.5\n5,red,,0.5\n"), "--missing-values", "error").Refused("row 2", "column 'b' has no value", "--missing-values anomaly");

    [Fact]
    public void ALargeFileKeepsItsOrder()
    {
        var rows = new StringBuilder("kind,a,b,c\n");
        for (int r = 0; r < 30_000; r++)
            rows.Append(r % 1000 == 0 ? "red,0.5,9,5\n" : "red,0.5,0.52,5\n");
        string[] lines = Score(workplace.Write(rows.ToString())).Succeeded().Lines;
        Assert.Equal(30_001, lines.Length);
        Assert.All(lines.Skip(1).Select((line, r) => (line, r)), row => Assert.EndsWith(row.r % 1000 == 0 ? ",true" : ",false", row.line));
    }

    [Fact]
    public void AFailureLeavesTheOldFile()
    {
        File.WriteAllText(workplace.PathOf("kept.csv"), "old");
        Score(workplace.Write("a,b,c,kind\n1,1,1,red\n1,oops,1,red\n"), "-o", "kept.csv").Refused("row 2 (line 3), column 'b': 'oops' is not a number");
        Assert.Equal("old", File.ReadAllText(workplace.PathOf("kept.csv")));
        Assert.Empty(Directory.GetFiles(workplace.Folder, ".kept.csv*"));
    }

    [Fact]
    public void ATruncatedArchiveIsRefused()
    {
        using (var packed = new GZipStream(File.Create(workplace.PathOf("whole.gz")), CompressionMode.Compress))
            packed.Write(File.ReadAllBytes(workplace.PathOf(Workplace.Labelled)));
        byte[] whole = File.ReadAllBytes(workplace.PathOf("whole.gz"));
        File.WriteAllBytes(workplace.PathOf("half.gz"), whole[..(whole.Length / 2)]);
        File.WriteAllBytes(workplace.PathOf("other.gz"), [.. whole[..40], .. new byte[100]]);
        Score("other.gz").Refused("file");
        Score("half.gz").Refused("half.gz, row ");
    }

    [Fact]
    public void AMissingColumnIsRefused() =>
        Score(workplace.Write("a,B,c,kind\n1,1,1,red\n")).Refused("no column 'b'", "Did you mean 'B'?");

    [Fact]
    public void JsonAndRowsDoNotShareTheOutput()
    {
        Score(Workplace.Normal, "--json").Refused("--output");
        JsonObject json = Score(Workplace.Normal, "--json", "-o", "scores.csv").Succeeded().Json;
        Assert.Equal(200, (int)json["rows"]!);
        Assert.Equal(201, File.ReadAllLines(workplace.PathOf("scores.csv")).Length);
    }

    [Fact]
    public void WhatIsNoModelIsRefused()
    {
        byte[] model = File.ReadAllBytes(workplace.PathOf(Workplace.Model));
        File.WriteAllBytes(workplace.PathOf("truncated.zip"), model[..(model.Length / 2)]);
        using (ZipArchive archive = ZipFile.Open(workplace.PathOf("foreign.zip"), ZipArchiveMode.Create))
            archive.CreateEntry("readme.txt");
        var context = new MLContext();
        IDataView rows = context.Data.LoadFromEnumerable([new { a = 1f, b = 2f }]);
        context.Model.Save(context.Transforms.Concatenate("Features", "a", "b").Fit(rows), rows.Schema, workplace.PathOf("other.zip"));
        foreach ((string file, string message) in new[] { ("truncated.zip", "is no model, or a damaged one"), ("foreign.zip", "is no model, or a damaged one"), ("other.zip", "no detector"), ("none.zip", "no model 'none.zip'") })
            Tool.Run(workplace.Folder, "score", "-m", file, "-d", Workplace.Normal).Refused(file, message);
    }
}
