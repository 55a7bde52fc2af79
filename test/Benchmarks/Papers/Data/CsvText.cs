using System.Text;

namespace Adversarial.Benchmarks;

/// <summary>Lines of CSV after RFC 4180; a field holds no line break.</summary>
internal static class CsvText
{
    /// <summary>The fields of a line.</summary>
    public static string[] Split(string line)
    {
        if (!line.Contains('"'))
            return line.Split(',');
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                Take();
            else
                field.Append(c);
        }

        Take();
        return [.. fields];

        void Take()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }

    /// <summary>A line of the fields; line breaks inside become blanks.</summary>
    public static string Join(IEnumerable<string> fields) => string.Join(',', fields.Select(field =>
    {
        string line = field.ReplaceLineEndings(" ");
        return line.AsSpan().ContainsAny(',', '"') ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line;
    }));
}
