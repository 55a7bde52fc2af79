using Orleans;

namespace Microsoft.ML.Adversarial.Orleans;

/// <content>Scoring of many files.</content>
public static partial class DetectorClusterExtensions
{
    /// <summary>
    /// Scores a data set that is a list of files, a job a file, in memory that does not grow with their size. An output is text with a header and a line a
    /// row, <c>Score,PredictedLabel</c>, in the order of the rows; it is written under another name and moved, so that it is there once and whole, or
    /// not at all. One that was there is replaced.
    /// </summary>
    /// <param name="client">The cluster.</param>
    /// <param name="modelPath">A model that <c>mlContext.Model.Save</c> wrote, which ends with a detector: the caller and all silos find it there.</param>
    /// <param name="parts">The files, and where their scores go.</param>
    /// <param name="format">How the files are read; their columns are the model's input.</param>
    /// <param name="jobs">Deadline, retries and progress; null: the default ones.</param>
    /// <param name="cancellationToken">Ends the jobs, too; parts that are done stay.</param>
    /// <returns>What was scored, part by part.</returns>
    /// <exception cref="ArgumentException">Two parts have one output, or an output is read.</exception>
    /// <exception cref="IOException">The model cannot be read.</exception>
    /// <exception cref="ClusterJobException">A part failed, for good or too often, or its deadline is over; parts that are done stay.</exception>
    public static async Task<IReadOnlyList<ScoredPart>> ScoreFilesAsync(this IClusterClient client, string modelPath, IReadOnlyList<ScorePart> parts, ClusterFileFormat format, ClusterJobOptions? jobs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(format);
        jobs = Checked(jobs);
        string model = Path.GetFullPath(modelPath);
        RequireOutputs(parts, model);
        byte[] hash = ScoringModels.Hash(ScoringModels.Read(model));
        JobStatus[] done = await new JobRun(client, jobs).RunAsync([.. parts.Select((part, index) => new ScoreJob
        {
            Name = $"part {index + 1} of {parts.Count} ({Path.GetFileName(part.Input)})",
            Model = model,
            ModelHash = hash,
            Input = part.Input,
            Format = format,
            Output = part.Output,
        })], cancellationToken).ConfigureAwait(false);
        return [.. parts.Zip(done, (part, status) =>
        {
            ScoreCounts counts = ScoreCounts.Of(status.Result);
            return new ScoredPart(part, counts.Rows, counts.Anomalies, counts.Missing, status.Silo, status.Seconds);
        })];
    }

    private static void RequireOutputs(IReadOnlyList<ScorePart> parts, string model)
    {
        var read = new HashSet<string>(parts.Select(part => part.Input), StringComparer.Ordinal) { model };
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (ScorePart part in parts)
        {
            if (read.Contains(part.Output))
                throw new ArgumentException($"'{part.Output}' is to be written and is read as well: name another output.", nameof(parts));
            if (!written.Add(part.Output))
                throw new ArgumentException($"'{part.Output}' is the output of two parts: name another one.", nameof(parts));
        }
    }
}

/// <summary>A file to score.</summary>
public sealed record ScorePart
{
    /// <summary>Makes a part.</summary>
    /// <param name="input">The rows: all silos find them there.</param>
    /// <param name="output">Where their scores go, in an existing folder.</param>
    public ScorePart(string input, string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        (Input, Output) = (Path.GetFullPath(input), Path.GetFullPath(output));
    }

    /// <summary>Full path of the rows.</summary>
    public string Input { get; }

    /// <summary>Full path of their scores.</summary>
    public string Output { get; }

    /// <summary>Parts whose scores go to one folder, under the names of the files with ".scores.csv" behind.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<ScorePart> Of(IEnumerable<string> inputs, string folder) =>
        [.. inputs.Select(input => new ScorePart(input, Path.Combine(folder, $"{Path.GetFileName(input)}.scores.csv")))];
}

/// <summary>A file that was scored.</summary>
/// <param name="Part">The file.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Anomalies">How many of them are anomalies.</param>
/// <param name="RowsWithMissingValues">How many have no score.</param>
/// <param name="Silo">The silo that scored it.</param>
/// <param name="Seconds">Seconds that this took.</param>
public sealed record ScoredPart(ScorePart Part, long Rows, long Anomalies, long RowsWithMissingValues, string Silo, double Seconds);
