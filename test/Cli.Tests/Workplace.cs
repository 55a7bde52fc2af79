using System.Globalization;
using System.Text;

[assembly: AssemblyFixture(typeof(Cli.Tests.Workplace))]

namespace Cli.Tests;

/// <summary>Small tables in a folder, and a model that was trained on one of them.</summary>
public sealed class Workplace : IDisposable
{
    /// <summary>Normal rows, without a label.</summary>
    public const string Normal = "normal.csv";

    /// <summary>Normal rows and anomalies, with labels as numbers and as texts.</summary>
    public const string Labelled = "labelled.csv";

    /// <summary>A model of the normal rows.</summary>
    public const string Model = "model.zip";

    /// <summary>A model of the labelled rows.</summary>
    public const string LabelledModel = "labelled.zip";

    private const int Rows = 200;

    public Workplace()
    {
        File.WriteAllText(PathOf(Normal), Table(labels: false));
        File.WriteAllText(PathOf(Labelled), Table(labels: true));
        Tool.Run(Folder, "train", "-d", Normal, "--method", "knn", "-o", Model).Succeeded();
        Tool.Run(Folder, "train", "-d", Labelled, "--method", "knn", "--label-col", "state", "--normal-label", "ok", "--ignore-cols", "label", "-o", LabelledModel).Succeeded();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("cli-tests-").FullName;

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>A file of this text under a name that no other test has.</summary>
    public string Write(string text, string extension = ".csv")
    {
        string name = $"{Guid.NewGuid():N}{extension}";
        File.WriteAllText(PathOf(name), text);
        return name;
    }

    // Two numbers that go together, one of its own and a category; anomalies break what goes together.
    private static string Table(bool labels)
    {
        var random = new Random(1);
        var text = new StringBuilder(labels ? "a,b,c,kind,label,state\n" : "a,b,c,kind\n");
        for (int r = 0; r < Rows; r++)
        {
            bool odd = labels && r % 10 == 9;
            double a = random.NextDouble(), b = odd ? 3 - a : a + 0.05 * random.NextDouble(), c = odd ? 40 : 10 * random.NextDouble();
            // A category with a separator and quotes in it.
            string kind = r % 3 == 0 ? "red" : "\"blue, or \"\"so\"\"\"";
            text.Append(CultureInfo.InvariantCulture, $"{a:F4},{b:F4},{c:F3},{kind}");
            text.Append(labels ? odd ? ",1,broken\n" : ",0,ok\n" : "\n");
        }

        return text.ToString();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
