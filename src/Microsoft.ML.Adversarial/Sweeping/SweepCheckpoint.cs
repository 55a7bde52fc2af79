using System.Globalization;
using System.Text;
using System.Text.Json;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// The file of a sweep: a line that tells which sweep it is, and a line for each fit that is done. A line that was broken off when the process
/// ended is left out; the others stand.
/// </summary>
internal sealed class SweepCheckpoint
{
    private const string Kind = "Adversarial sweep 1";

    private readonly string _path;
    private readonly Dictionary<(int Trial, double Share), (double Criterion, double Seconds, string? Failure)> _done = [];

    private SweepCheckpoint(string path) => _path = path;

    public int Seed { get; private set; }

    /// <summary>Opens the file, found or not yet there.</summary>
    /// <param name="path">The file, in an existing folder.</param>
    /// <param name="sweep">All that the trials' results depend on, but for the seed.</param>
    /// <param name="asked">The seed that was asked for; null: that of the file, or <paramref name="otherwise"/>.</param>
    /// <param name="otherwise">The seed where nothing else tells.</param>
    /// <exception cref="FormatException">It is no such file.</exception>
    /// <exception cref="InvalidOperationException">It is of another sweep.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static SweepCheckpoint Open(string path, string sweep, int? asked, int otherwise)
    {
        var checkpoint = new SweepCheckpoint(CheckpointPlace.Require(path)) { Seed = asked ?? otherwise };
        if (File.Exists(checkpoint._path) && new FileInfo(checkpoint._path).Length > 0)
            checkpoint.Read(sweep, asked);
        else
            File.WriteAllText(checkpoint._path, Line(writer => Head(writer, sweep, checkpoint.Seed)));
        return checkpoint;
    }

    /// <summary>What a fit gave, where it is done.</summary>
    public bool TryGet(int trial, double share, out (double Criterion, double Seconds, string? Failure) result) => _done.TryGetValue((trial, share), out result);

    /// <summary>Keeps what a fit gave.</summary>
    public void Add(int trial, double share, double criterion, double seconds, string? failure) => File.AppendAllText(_path, Line(writer =>
    {
        Write(writer, "trial", trial);
        Write(writer, "share", share);
        Write(writer, "criterion", criterion);
        Write(writer, "seconds", seconds);
        if (failure is not null)
            writer.WriteString("failure", failure);
    }));

    private static void Head(Utf8JsonWriter writer, string sweep, int seed)
    {
        writer.WriteString("file", Kind);
        writer.WriteString("sweep", sweep);
        Write(writer, "seed", seed);
    }

    // As text: a criterion may be NaN, which JSON has no number for.
    private static void Write(Utf8JsonWriter writer, string name, double value) => writer.WriteString(name, value.ToString("R", CultureInfo.InvariantCulture));

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private void Read(string sweep, int? asked)
    {
        string text = File.ReadAllText(_path);
        string[] lines = text.Split('\n');
        string remedy = $"Delete '{_path}' to begin anew, or give option {nameof(SweepOptions.CheckpointPath)} another file.";
        using (JsonDocument? head = TryParse(lines[0]))
        {
            if (head is null || Text(head, "file") != Kind)
                throw new FormatException($"'{_path}' is no checkpoint of a sweep. {remedy}");
            if (Text(head, "sweep") != sweep)
                throw new InvalidOperationException($"'{_path}' is the checkpoint of a sweep with another method, other options or other rows. {remedy}");
            Seed = (int)(Number(head, "seed") ?? throw new FormatException($"'{_path}' names no seed. {remedy}"));
            if (asked is { } seed && seed != Seed)
                throw new InvalidOperationException($"'{_path}' is the checkpoint of a sweep with the seed {Seed}, not {seed}. Set option {nameof(SweepOptions.Seed)} to {Seed} to resume it. {remedy}");
        }

        foreach (string line in lines.Skip(1))
        {
            using JsonDocument? found = TryParse(line);
            if (found is not null && Number(found, "trial") is { } trial && Number(found, "share") is { } share && Number(found, "criterion") is { } criterion)
                _done[((int)trial, share)] = (criterion, Number(found, "seconds") ?? double.NaN, Text(found, "failure"));
        }

        // The rest of a line that was broken off is not to run into the next one.
        if (!text.EndsWith('\n'))
            File.AppendAllText(_path, "\n");
    }

    private static JsonDocument? TryParse(string line)
    {
        try
        {
            var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonDocument line, string name) => line.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonDocument line, string name) =>
        double.TryParse(Text(line, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
