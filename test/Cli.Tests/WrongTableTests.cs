namespace Cli.Tests;

/// <summary>Tables that are not what they look like, and command lines that contradict themselves: a word for each.</summary>
public class WrongTableTests(Workplace workplace)
{
    private string[] Rows => File.ReadAllLines(workplace.PathOf(Workplace.Normal))[1..];

    private ToolRun Run(params string[] arguments) => Tool.Run(workplace.Folder, arguments);

    private ToolRun Train(string file, params string[] more) => TrainTo($"{Guid.NewGuid():N}.zip", file, more);

    private ToolRun TrainTo(string model, string file, params string[] more) => Run(["train", "-d", file, "--method", "knn", "-o", model, .. more]);

    private string Table(string header, Func<string, int, string> change) => workplace.Write($"{header}\n{string.Join('\n', Rows.Select(change))}\n");

    // As programs write an index of the rows, or a separator behind the last cell: an empty name ended the program.
    [Fact]
    public void AColumnWithoutANameGetsOne()
    {
        string indexed = Table(",a,b,c,kind", (row, r) => $"{r},{row}");
        string warnings = TrainTo("indexed.zip", indexed).Succeeded().Errors;
        Assert.Contains("column 1 has no name: it is called 'col0'", warnings);
        Assert.Contains("'col0' grows from row to row", warnings);
        Run("score", "-m", "indexed.zip", "-d", indexed).Succeeded();
        Assert.DoesNotContain("warning", Train(indexed, "--ignore-cols", "col0").Succeeded().Errors);
        Assert.Contains("no row holds a value there: col4", Train(Table("a,b,c,kind,", (row, _) => $"{row},")).Succeeded().Errors);
    }

    [Fact]
    public void AnEmptyColumnIsLeftOut()
    {
        ToolRun run = Train(Table("a,b,c,kind,note", (row, _) => $"{row},")).Succeeded();
        Assert.Contains("no row holds a value there: note", run.Errors);
        Assert.Contains("3 columns of numbers and 1 of categories", run.Errors);
    }

    // One slip made a column of numbers one of categories, which was left out as useless.
    [Fact]
    public void ASlipAmongNumbersIsNamed()
    {
        string file = Table("a,b,c,kind", (row, r) => r == 100 ? "1,2,abc,red" : row);
        Train(file).Refused("row 101", "column 'c'", "'abc'", "--text-cols", "--ignore-cols");
        Train(file, "--text-cols", "c").Succeeded();
        Assert.Contains("2 columns of numbers and 2 of categories", Train(Table("a,b,c,kind", (row, r) => $"1,2,{(r % 8 == 0 ? "3+" : r % 3)},{(r % 2 == 0 ? "x" : "y")}")).Succeeded().Errors);
    }

    // All lines up to the next quote were one cell: rows were missing without a word.
    [Theory]
    [InlineData("5\" pipe")]
    [InlineData("\"oops")]
    public void AQuoteWithoutItsPairIsRefused(string cell) =>
        Train(Table("a,b,c,kind", (row, r) => r == 60 || (r == 90 && cell[0] != '"') ? $"1,2,3,{cell}" : $"{r % 7},{r % 5},3,red")).Refused("line 62", "column 'kind'", "quote");

    [Fact]
    public void AnotherSeparatorOrEncodingIsSuspected()
    {
        Train(Table("a b c kind label", (row, _) => $"{row.Split(',')[0]} 2 3 red 0"), "--label-col", "label").Refused("no column 'label'", "--separator");
        string file = workplace.Write("");
        File.WriteAllText(workplace.PathOf(file), File.ReadAllText(workplace.PathOf(Workplace.Normal)), new System.Text.UnicodeEncoding(bigEndian: false, byteOrderMark: false));
        Train(file).Refused(file, "UTF-16");
    }

    [Fact]
    public void RowsWithoutALabelAreTold()
    {
        string file = Table("a,b,c,kind,label", (row, r) => $"{row},{(r % 4 == 0 ? "" : r % 10 == 1 ? "1" : "0")}");
        Assert.Contains("50 of 200 rows have no label in column 'label' and are left out", Train(file, "--label-col", "label").Succeeded().Errors);
        Assert.Contains("50 of 200 rows have no label", Run("compare", "-d", file, "--label-col", "label", "--methods", "knn").Succeeded().Errors);
    }

    [Fact]
    public void ErrorsAreJsonWhereJsonIsAskedFor()
    {
        ToolRun missing = Run("train", "-d", "none.csv", "--json");
        missing.Refused("There is no file 'none.csv'");
        Assert.Equal(1, missing.Json["exitCode"]!.GetValue<int>());
        Assert.StartsWith("There is no file 'none.csv'", missing.Json["error"]!.GetValue<string>());
        Assert.Contains("'--datasat' is not understood", Run("score", "--datasat", "x", "--json").Json["error"]!.GetValue<string>());
        Assert.Empty(Run("train", "-d", "none.csv").Output);
    }

    [Theory]
    [InlineData("--contamination and --false-alarm-rate", "--contamination", "0.1", "--false-alarm-rate", "0.01")]
    [InlineData("--threshold and --contamination", "--contamination", "0.1", "--threshold", "3")]
    public void TwoOptionsThatChooseTheThresholdAreRefused(string message, params string[] options) => Train(Workplace.Normal, options).Refused(message);

    // A row whose features are odd only together: none of them alone adds anything.
    [Fact]
    public void AFeatureThatAddsNothingIsNotNamed()
    {
        string file = Table("a,b,constant", (_, r) => $"{r % 7},{r % 5},3");
        TrainTo("constant.zip", file).Succeeded();
        string[] cells = Run("explain", "-m", "constant.zip", "-d", workplace.Write("a,b,constant\n50,2,3\n"), "--top", "3").Succeeded().Lines[1].Split(',');
        Assert.Equal("a", cells[3]);
        Assert.Equal(["", "", "NaN"], cells[^3..]);
    }
}
