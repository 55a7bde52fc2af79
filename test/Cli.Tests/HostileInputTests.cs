using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Cli.Tests;

/// <summary>Files and command lines that went wrong without a word before they had a test.</summary>
public class HostileInputTests(Workplace workplace)
{
    private ToolRun Run(params string[] arguments) => Tool.Run(workplace.Folder, arguments);

    private ToolRun Train(string file, params string[] more) => Run(["train", "-d", file, "--method", "knn", "-o", $"{Guid.NewGuid():N}.zip", .. more]);

    private ToolRun Score(string file, params string[] more) => Run(["score", "-m", Workplace.Model, "-d", file, .. more]);

    // Taken for one between thousands, the comma made 5 of 0,5.
    [Fact]
    public void DecimalCommasAreRefused()
    {
        string[] rows = [.. Enumerable.Range(0, 60).Select(r => $"0,{r};{r % 7},5;1;red")];
        string file = workplace.Write($"a;b;c;kind\n{string.Join('\n', rows)}\n");
        Train(file).Refused("column 'a'", "decimal", "--text-cols");
        Score(file).Refused("row 1", "column 'a'", "'0,0'", "decimal point");
        Assert.Equal(0, Train(file, "--text-cols", "a,b").ExitCode);
        Run("train", "-d", Workplace.Normal, "--method", "knn", "--threshold", "0,5").Refused("--threshold", "'0,5'", "decimal point");
    }

    [Fact]
    public async Task NumbersOfTheCommandLineAreReadTheSameInAnyLanguage()
    {
        ProcessStartInfo start = new("dotnet", [Tool.Dll, "score", "-m", Workplace.Model, "-d", Workplace.Normal, "--threshold", "0.5", "--json", "-o", "german.csv"])
        {
            WorkingDirectory = workplace.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "de_DE.UTF-8", ["LANG"] = "de_DE.UTF-8" },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var run = new ToolRun(0, await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), await errors);
        Assert.Equal(0.5f, run.Json["threshold"]!.GetValue<float>());
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("-inf")]
    [InlineData("Infinity")]
    public void InfinityIsANumberThatIsMissing(string cell)
    {
        string text = File.ReadAllText(workplace.PathOf(Workplace.Normal));
        string file = workplace.Write(text + $"0.5,{cell},3,red\n");
        Train(file).Refused("row 201", "column 'b'", "--drop-missing");
        Assert.Contains("200 rows, 3 columns of numbers and 1 of categories", Train(file, "--drop-missing").Succeeded().Errors);
        Assert.Equal("NaN,true", Score(file).Succeeded().Lines[^1]);
    }

    [Fact]
    public void NamesWithQuotesAndLineEndsComeBack()
    {
        string[] lines = File.ReadAllLines(workplace.PathOf(Workplace.Normal));
        string file = workplace.Write($"\"my \"\"a\"\"\",\"b\nb\",größe,\"kind, of\"\n{string.Join('\n', lines[1..])}\n");
        Run("train", "-d", file, "--method", "knn", "-o", "names.zip").Succeeded();
        Run("score", "-m", "names.zip", "-d", file, "--append", "-o", "names-scored.csv").Succeeded();
        string expected = Run("score", "-m", "names.zip", "-d", file).Succeeded().Output;
        Assert.Equal(expected, Run("score", "-m", "names.zip", "-d", "names-scored.csv").Succeeded().Output);
    }

    [Fact]
    public void AFeatureNamedScoreIsNotWrittenTwice()
    {
        string[] lines = File.ReadAllLines(workplace.PathOf(Workplace.Normal));
        string file = workplace.Write($"Score,b,c,kind\n{string.Join('\n', lines[1..])}\n");
        Run("train", "-d", file, "--method", "knn", "-o", "score-column.zip").Succeeded();
        Run("score", "-m", "score-column.zip", "-d", file, "--append").Refused("column 'Score'", "--append");
        Run("score", "-m", "score-column.zip", "-d", file).Succeeded();
    }

    [Fact]
    public void EmptyLinesBeforeTheHeaderAreNone()
    {
        string text = File.ReadAllText(workplace.PathOf(Workplace.Normal));
        Assert.Equal(Score(Workplace.Normal).Output, Score(workplace.Write("\r\n\n" + text)).Succeeded().Output);
        Score(workplace.Write("\r\n\n" + text + "1,2\n"), "-o", "none.csv").Refused("row 201 (line 204)");
    }

    [Fact]
    public void WhatIsNoUtf8OrNoTableIsRefused()
    {
        string latin = workplace.Write("");
        File.WriteAllBytes(workplace.PathOf(latin), Encoding.Latin1.GetBytes(File.ReadAllText(workplace.PathOf(Workplace.Normal)) + "0.1,0.1,1,grün\n"));
        Score(latin, "--append").Refused(latin, "UTF-8");
        Score(Workplace.Model).Refused("zip archive");

        string packed = workplace.Write("", ".csv.gz");
        using (var gzip = new GZipStream(File.Create(workplace.PathOf(packed)), CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(workplace.PathOf(Workplace.Normal)));
        byte[] whole = File.ReadAllBytes(workplace.PathOf(packed));
        Score(packed).Succeeded();
        File.WriteAllBytes(workplace.PathOf(packed), whole[..^10]);
        Score(packed).Refused("truncated");
    }

    [Fact]
    public void NoFileOfACommandTakesThePlaceOfAnother()
    {
        string model = workplace.PathOf(Workplace.Model);
        byte[] before = File.ReadAllBytes(model);
        Score(Workplace.Normal, "-o", Workplace.Model).Refused("'model.zip'", "Name another");
        Assert.Equal(before, File.ReadAllBytes(model));
        string rows = workplace.Write(File.ReadAllText(workplace.PathOf(Workplace.Normal)));
        Run("train", "-d", rows, "--method", "knn", "-o", $"./{rows}").Refused(rows, "Name another");
        Score(rows, "-o", rows).Refused(rows);
        Score(rows, "--append", "-o", rows).Succeeded();
        Assert.StartsWith("a,b,c,kind,Score", File.ReadAllText(workplace.PathOf(rows)));
    }

    [Fact]
    public void AWrongTestFileIsFoundBeforeTraining()
    {
        Run("train", "-d", Workplace.Labelled, "--label-col", "label", "--ignore-cols", "state", "--method", "knn", "-o", "untested.zip", "--test-dataset", Workplace.Normal).Refused("column 'label'");
        Assert.False(File.Exists(workplace.PathOf("untested.zip")));
    }

    [Theory]
    [InlineData("--separator takes one character", "train", "-d", Workplace.Normal, "--separator", "\"")]
    [InlineData("--seed takes a whole number; 'x'", "train", "-d", Workplace.Normal, "--seed", "x")]
    [InlineData("--missing-values takes anomaly, normal, error; 'x'", "train", "-d", Workplace.Normal, "--missing-values", "x")]
    [InlineData("--time-limit takes seconds", "compare", "-d", Workplace.Normal, "--time-limit", "1e300")]
    [InlineData("Label column 'kind' is text", "evaluate", "-m", Workplace.Model, "-d", Workplace.Normal, "--label-col", "kind")]
    public void MessagesNameTheOptionOrColumn(string message, params string[] arguments)
    {
        ToolRun run = Run(arguments);
        run.Refused(message);
        Assert.DoesNotContain("System.", run.Errors, StringComparison.Ordinal);
    }
}
