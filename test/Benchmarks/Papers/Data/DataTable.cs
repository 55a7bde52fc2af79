using System.IO.Compression;

namespace Adversarial.Benchmarks;

/// <summary>A data set as its file has it: named columns of tokens.</summary>
internal sealed class DataTable
{
    private readonly Dictionary<string, DataColumn> _columns;

    private DataTable(IEnumerable<string> names) =>
        _columns = names.ToDictionary(name => name, name => new DataColumn(name), StringComparer.Ordinal);

    public int Rows { get; private set; }

    public IEnumerable<string> Names => _columns.Keys;

    public DataColumn this[string name] => _columns[name];

    /// <summary>Reads files of equal columns (.csv or .csv.gz) one under another.</summary>
    public static DataTable Read(params string[] files)
    {
        DataTable? table = null;
        foreach (string file in files)
        {
            using var text = new StreamReader(Open(file));
            string[] names = CsvText.Split(text.ReadLine() ?? throw new FormatException($"{file} is empty."));
            table ??= new DataTable(names);
            if (!names.SequenceEqual(table.Names, StringComparer.Ordinal))
                throw new FormatException($"{file} has other columns than {files[0]}.");
            table.Append(text, [.. table._columns.Values]);
        }

        return table ?? throw new ArgumentException("No file is given.", nameof(files));
    }

    private static Stream Open(string file)
    {
        FileStream stream = File.OpenRead(file);
        return file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private void Append(StreamReader text, DataColumn[] columns)
    {
        while (text.ReadLine() is { } line)
        {
            string[] fields = CsvText.Split(line);
            if (fields.Length != columns.Length)
                throw new FormatException($"Row {Rows} has {fields.Length} fields where {columns.Length} are expected.");
            for (int i = 0; i < fields.Length; i++)
                columns[i].Add(fields[i]);
            Rows++;
        }
    }

    /// <summary>The rows, of those given, for which a column holds one of the tokens.</summary>
    public int[] Where(IEnumerable<int> rows, string column, params string[] tokens)
    {
        DataColumn values = _columns[column];
        return [.. rows.Where(row => tokens.Contains(values.Token(row), StringComparer.Ordinal))];
    }

    /// <summary>The first of each group of rows that are equal in the given columns, in the table's order.</summary>
    public int[] Distinct(IEnumerable<string> columns)
    {
        // Column by column a row's group is split, so that at the end equal groups mean equal rows.
        var groups = new int[Rows];
        var next = new Dictionary<(int Group, int Index), int>();
        foreach (string name in columns)
        {
            DataColumn column = _columns[name];
            next.Clear();
            for (int row = 0; row < Rows; row++)
            {
                (int, int) key = (groups[row], column.Index(row));
                if (!next.TryGetValue(key, out int group))
                    next.Add(key, group = next.Count);
                groups[row] = group;
            }
        }

        var seen = new HashSet<int>();
        return [.. Enumerable.Range(0, Rows).Where(row => seen.Add(groups[row]))];
    }
}
