using System.Globalization;
using System.Reflection;
using System.Text;

namespace Adversarial.Benchmarks;

/// <summary>
/// The results as a CSV file that only grows: a line is appended as soon as it is measured, by any number of processes, and a line that a
/// killed process left half written is passed over.
/// </summary>
internal sealed class ResultFile(string path)
{
    private const int Tries = 600;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private static readonly PropertyInfo[] _fields = [.. typeof(ResultLine).GetProperties().Where(property => property.CanWrite)];

    private static readonly string _header = CsvText.Join(_fields.Select(field => field.Name));

    public IReadOnlyList<ResultLine> Read()
    {
        if (!File.Exists(path))
            return [];
        using FileStream stream = Open(FileMode.Open, FileAccess.Read, FileShare.Read);
        return Parse(new StreamReader(stream));
    }

    public void Append(ResultLine line)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using FileStream stream = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        bool first = stream.Length == 0;
        bool broken = !first && LastByte(stream) != '\n';
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.UTF8.GetBytes((first ? _header + "\n" : broken ? "\n" : "") + Format(line)));
    }

    /// <summary>Replaces all lines.</summary>
    public void Rewrite(Func<ResultLine, ResultLine> change)
    {
        using FileStream stream = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        string text = $"{_header}\n{string.Concat(Parse(new StreamReader(stream, leaveOpen: true)).Select(change).Select(Format))}";
        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private List<ResultLine> Parse(StreamReader text)
    {
        using (text)
        {
            if (text.ReadLine() is { } header && header != _header)
                throw new FormatException($"{path} has other columns than this program writes.");
            var lines = new List<ResultLine>();
            while (text.ReadLine() is { } line)
            {
                string[] values = CsvText.Split(line);
                if (values.Length == _fields.Length)
                    lines.Add(Parse(values));
            }

            return lines;
        }
    }

    private static ResultLine Parse(string[] values)
    {
        var line = new ResultLine { Date = "", Experiment = "", Definition = "", Seed = 0 };
        for (int i = 0; i < values.Length; i++)
            _fields[i].SetValue(line, Convert.ChangeType(values[i], _fields[i].PropertyType, CultureInfo.InvariantCulture));
        return line;
    }

    private static string Format(ResultLine line) =>
        CsvText.Join(_fields.Select(field => Convert.ToString(field.GetValue(line), CultureInfo.InvariantCulture)!)) + "\n";

    private FileStream Open(FileMode mode, FileAccess access, FileShare share)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, mode, access, share);
            }
            catch (IOException) when (attempt < Tries)
            {
                Thread.Sleep(_pause);
            }
        }
    }

    private static int LastByte(FileStream stream)
    {
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte();
    }
}
