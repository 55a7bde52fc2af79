using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Cli.Tests;

public class TrainTests(Workplace workplace)
{
    [Fact]
    public void AnyProgramWithMLNetLoadsTheModel()
    {
        var context = new MLContext();
        ITransformer model = context.Model.Load(workplace.PathOf(Workplace.Model), out DataViewSchema schema);
        Assert.Equal(["a", "b", "c", "kind"], schema.Select(column => column.Name));
        using var engine = context.Model.CreatePredictionEngine<Row, Verdict>(model);
        Assert.False(engine.Predict(new Row { a = 0.5f, b = 0.52f, c = 5, kind = "red" }).PredictedLabel);
        Assert.True(engine.Predict(new Row { a = 0.5f, b = 2.5f, c = 5, kind = "red" }).PredictedLabel);
    }

    [Fact]
    public void OptionsAndTestRowsAreUsedAndTold()
    {
        ToolRun run = Tool.Run(workplace.Folder, "train", "-d", Workplace.Labelled, "--label-col", "label", "--ignore-cols", "state,kind", "--method", "isolation-forest",
            "--option", "NumberOfTrees=17", "--contamination", "0.1", "--seed", "5", "--test-dataset", Workplace.Labelled, "-o", "trained.zip", "--json").Succeeded();
        Assert.Equal("Isolation forest", (string)run.Json["method"]!);
        Assert.Equal(180, (int)run.Json["normalRows"]!);
        Assert.Equal(3, (int)run.Json["features"]!);
        Assert.Equal(17, (int)run.Json["options"]!["NumberOfTrees"]!);
        Assert.Equal(5, (int)run.Json["options"]!["Seed"]!);
        Assert.Equal(0.1, (double)run.Json["flaggedShare"]!, 0.02);
        Assert.True((double)run.Json["test"]!["rocAuc"]! > 0.9);
    }

    [Fact]
    public void OfMoreRowsASampleIsKept()
    {
        string[] train = ["train", "-d", Workplace.Labelled, "--label-col", "label", "--ignore-cols", "state", "--method", "knn", "--max-rows", "50", "--json"];
        ToolRun run = Tool.Run(workplace.Folder, [.. train, "-o", "sample.zip"]).Succeeded();
        Assert.Contains("50 of 200 rows are kept, drawn by the seed (--max-rows).", run.Errors);
        Assert.InRange((int)run.Json["normalRows"]!, 35, 50);
        Tool.Run(workplace.Folder, [.. train, "-o", "again.zip"]).Succeeded();
        string[] Score(string model) => Tool.Run(workplace.Folder, "score", "-m", model, "-d", Workplace.Labelled).Succeeded().Lines;
        Assert.Equal(Score("sample.zip"), Score("again.zip"));
        Tool.Run(workplace.Folder, [.. train, "--seed", "2", "-o", "again.zip"]).Succeeded();
        Assert.NotEqual(Score("sample.zip"), Score("again.zip"));
        Tool.Run(workplace.Folder, [.. train[..^2], "1"]).Refused("--max-rows 1", "at least 2");
    }

    [Fact]
    public void FalseAlarmRatesAndThresholdsAreKept()
    {
        Tool.Run(workplace.Folder, "train", "-d", Workplace.Normal, "--method", "knn", "--false-alarm-rate", "0.05", "--threshold", "1000", "-o", "rate.zip").Succeeded();
        ToolRun scored = Tool.Run(workplace.Folder, "score", "-m", "rate.zip", "-d", Workplace.Normal).Succeeded();
        Assert.Equal("Score,PredictedLabel,FalseAlarmRate", scored.Lines[0]);
        Assert.All(scored.Lines.Skip(1), line => Assert.Contains(",false,", line));
        Assert.Equal(1000, (float)Tool.Run(workplace.Folder, "inspect", "-m", "rate.zip", "--json").Succeeded().Json["threshold"]!);
    }

    [Theory]
    [InlineData("--option", "NumberOfNeighbours=3", "kNN has no option 'NumberOfNeighbours'", "Did you mean 'NumberOfNeighbors'?")]
    [InlineData("--option", "NumberOfNeighbors=0", "NumberOfNeighbors must be", "")]
    [InlineData("--option", "NumberOfNeighbors=many", "Option NumberOfNeighbors takes a whole number; 'many' is not that", "")]
    [InlineData("--option", "InputScaling=Big", "Standard", "Robust")]
    [InlineData("--contamination", "0.9", "Contamination must be in [0, 0.5]", "")]
    [InlineData("--method", "kn", "There is no method 'kn'", "Did you mean 'kNN'?")]
    [InlineData("--label-col", "lable", "no column 'lable'", "Did you mean 'label'?")]
    [InlineData("--label-col", "state", "--normal-label", "'ok' (180 rows)")]
    [InlineData("--ignore-cols", "q", "no column 'q'", "a, b, c, kind")]
    [InlineData("--output", "nowhere/model.zip", "folder", "nowhere/model.zip")]
    [InlineData("--lable-col", "label", "'--lable-col' is not understood", "Did you mean '--label-col'?")]
    public void WrongOptionsAreRefusedByName(string option, string value, string message, string remedy) =>
        Tool.Run(workplace.Folder, ["train", "-d", Workplace.Labelled, option, value, .. option == "--method" ? [] : (string[])["--method", "knn"]]).Refused(message, remedy);

    [Fact]
    public void ALabelThatNoRowHasIsRefused() =>
        Tool.Run(workplace.Folder, "train", "-d", Workplace.Labelled, "--label-col", "state", "--normal-label", "fine", "-o", "x.zip").Refused("no row is labelled normal", "'ok' (180 rows)");

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,b\n", "holds no rows")]
    [InlineData("a,b\n1,2\n", "at least 2")]
    [InlineData("a,a\n1,2\n", "two columns named 'a'")]
    [InlineData("a,b\n1,2\n3,\n5,6\n", "row 2, column 'b' has no value", "--drop-missing")]
    [InlineData("a,b\n1,2\n3,4,5\n5,6\n", "row 2 (line 3) has 3 cells")]
    public void UnfitFilesAreRefusedWithTheirPlace(string text, params string[] parts) =>
        Tool.Run(workplace.Folder, "train", "-d", workplace.Write(text), "--method", "knn", "-o", "never.zip").Refused(parts);

    [Fact]
    public void AMissingFileIsRefused()
    {
        Tool.Run(workplace.Folder, "train", "-d", "nothing.csv", "-o", "never.zip").Refused("no file 'nothing.csv'");
        Assert.False(File.Exists(workplace.PathOf("never.zip")));
    }

    // Types are read off the first rows: what is another further down is told with its place.
    [Fact]
    public void AWordAmongNumbersIsRefusedWithItsPlace()
    {
        string rows = string.Concat(Enumerable.Range(0, 5000).Select(r => r == 4999 ? "x,1\n" : $"{r % 7},{r % 5}\n"));
        Tool.Run(workplace.Folder, "train", "-d", workplace.Write("a,b\n" + rows), "--method", "knn").Refused("row 5000 (line 5001), column 'a': 'x' is not a number", "--text-cols a");
    }

    [Fact]
    public void StandardInputAndFilesWithoutHeaderAreTrainedOn()
    {
        byte[] rows = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(r => $"{r % 7};{r % 5}\n")));
        ToolRun run = Tool.Run(workplace.Folder, rows, ["train", "-d", "-", "--has-header", "false", "--method", "knn", "-o", "piped.zip", "--json"]).Succeeded();
        Assert.Equal(100, (int)run.Json["rows"]!);
        Assert.Contains("col1", Tool.Run(workplace.Folder, "inspect", "-m", "piped.zip").Succeeded().Output);
    }

    [Fact]
    public void AnInterruptedFitLeavesNothing()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("There is no signal to send.");
        string folder = Directory.CreateDirectory(workplace.PathOf("interrupted")).FullName;
        using var process = Tool.Start(folder, "train", "-d", workplace.PathOf(Workplace.Normal), "--method", "da3d", "--option", "NumberOfPretrainingEpochs=100000", "-o", "model.zip", "-v", "d");
        string? line;
        do
            line = process.StandardError.ReadLine();
        while (line is not null && !line.Contains("epoch", StringComparison.Ordinal));
        Assert.NotNull(line);
        // Not an interrupt: what a shell starts in the background inherits that these are ignored.
        System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(130, process.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private sealed class Row
    {
        public float a { get; set; }

        public float b { get; set; }

        public float c { get; set; }

        public string kind { get; set; } = "";
    }

    private sealed class Verdict
    {
        public bool PredictedLabel { get; set; }
    }
}
