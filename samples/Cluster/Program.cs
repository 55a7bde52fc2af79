using System.Diagnostics;
using System.Globalization;
using Adversarial.Detectors;
using Cluster;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Adversarial.Orleans;

// A cluster on one machine: silos, and a client that fits an ensemble over them and scores files. README.md has the commands.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Parse(args) is not { } arguments)
    return 2;
if (arguments.Verb == "silo" && arguments.Folder is { } folder && !Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder '{folder}': create it, or make it and its rows with 'Cluster generate --folder {folder}'.");
    return 2;
}

if (arguments.Verb == "silo")
    return await SiloProcess.RunAsync(arguments);

var data = new SampleData(arguments.Folder!);
if (arguments.Verb == "generate")
{
    data.Generate(arguments.Files, arguments.Rows);
    Console.WriteLine($"{arguments.Files} files of {arguments.Rows} rows, and rows to train on, are in {arguments.Folder}.");
    return 0;
}

if (!File.Exists(data.Training))
{
    Console.Error.WriteLine($"{arguments.Folder} holds no rows: make some with 'Cluster generate --folder {arguments.Folder}'.");
    return 2;
}

Connection opened;
try
{
    opened = await Connection.OpenAsync(arguments.Redis, arguments.Gateway);
}
catch (TimeoutException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

await using Connection connection = opened;
// Not Progress<T>: its reports come late and in any order.
var jobs = new ClusterJobOptions { Progress = new Lines() };
var clock = Stopwatch.StartNew();
switch (arguments.Verb)
{
    case "fit":
        var context = new MLContext();
        var options = new VaeOptions { EnsembleSize = arguments.Members, Seed = 1 };
        AnomalyDetectorTransformer model = await connection.Client.FitAsync(context, options, data.Rows, jobs);
        context.Model.SaveAtomically(model, null, data.Model);
        Console.WriteLine($"An ensemble of {arguments.Members} was fitted in {clock.Elapsed.TotalSeconds:F1} s; its threshold is {model.Threshold:R}.");
        return 0;
    case "score":
        IReadOnlyList<ScoredPart> parts = await connection.Client.ScoreFilesAsync(data.Model, ScorePart.Of(data.Parts, data.Scores), SampleData.Format, jobs);
        long rows = parts.Sum(part => part.Rows);
        Console.WriteLine($"{rows} rows in {parts.Count} files were scored in {clock.Elapsed.TotalSeconds:F1} s; {parts.Sum(part => part.Anomalies)} are anomalies.");
        return 0;
    default:
        await Measurement.RunAsync(connection.Client, data);
        return 0;
}

internal sealed class Lines : IProgress<ClusterProgress>
{
    public void Report(ClusterProgress value) => Console.WriteLine(value);
}
