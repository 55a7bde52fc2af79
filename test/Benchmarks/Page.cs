using System.Text;

namespace Adversarial.Benchmarks;

/// <summary>What is printed as it comes, and kept for the page.</summary>
internal sealed class Page
{
    private readonly StringBuilder _text = new();

    /// <summary>Prints a line.</summary>
    public void Line(string line = "")
    {
        Console.WriteLine(line);
        _text.Append(line).Append('\n');
    }

    /// <summary>Writes all lines to a file; its folder is made if it is not there.</summary>
    public void Save(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, _text.ToString());
    }
}
