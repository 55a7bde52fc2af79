using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Adversarial.Benchmarks;

/// <summary>
/// A fixed number of requests to samples/Scoring on loopback, from a process of its own, while the model file is replaced again and again: requests a second, latency,
/// memory of the service, and answers that are no answer of any model that was served.
/// </summary>
internal static class ServingBenchmark
{
    private const int Features = 20;
    private const int Clients = 8;
    private const int Swaps = 20;
    private const int Port = 5087;

    public static int Run(string[] args)
    {
        if (args is not [{ } service, ..] || !File.Exists(service))
        {
            Console.Error.WriteLine("usage: Benchmarks serving Scoring.dll [REQUESTS]");
            return 2;
        }

        int requests = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000;
        Console.WriteLine($"{Processor.Name}; service and clients share it; {Clients} connections, {Swaps} swaps a row, rows of {Features} features");
        Console.WriteLine("| Model | Rows a request | Requests | Requests/s | Rows/s | p50, ms | p99, ms | Peak memory, MB | Wrong answers | Swaps seen |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach ((string name, DetectorOptions options) in ((string, DetectorOptions)[])[("autoencoder", new AutoencoderOptions()), ("committee", new CommitteeOptions()), ("isolation forest", new IsolationForestOptions())])
        {
            MeasureAsync(service, name, options, 1, requests).GetAwaiter().GetResult();
            MeasureAsync(service, name, options, 500, Math.Max(200, requests / 50)).GetAwaiter().GetResult();
        }

        return 0;
    }

    private static async Task MeasureAsync(string service, string name, DetectorOptions options, int rowsOfARequest, int requests)
    {
        string folder = Directory.CreateTempSubdirectory("serving").FullName, path = Path.Combine(folder, "model.zip");
        var context = new MLContext(1);
        var random = new Random(1);
        Row[] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => new Row { Features = [.. Enumerable.Range(0, Features).Select(_ => random.NextSingle())] })];
        IDataView training = context.Data.LoadFromEnumerable(Rows(1000));
        Row[] asked = Rows(Math.Max(rowsOfARequest, 64));
        ITransformer[] models = [.. Enumerable.Range(1, 2).Select(seed =>
        {
            DetectorOptions own = options.Clone();
            own.Seed = seed;
            return (ITransformer)new TransformerChain<ITransformer>(context.AnomalyDetection.Trainers.Detector(own).Fit(training));
        })];
        float[][] expected = [.. models.Select(model => model.Transform(context.Data.LoadFromEnumerable(asked)).GetColumn<float>("Score").ToArray())];
        context.Model.SaveAtomically(models[0], training.Schema, path);
        using Process server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { service, "--model", path, "--urls", $"http://127.0.0.1:{Port}", "--Scoring:PollSeconds", "0.1", "--Logging:LogLevel:Default", "Warning" },
        })!;
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(30) };
            await ReadyAsync(client);
            bool single = rowsOfARequest == 1;
            string address = single ? "/score" : "/score/batch";
            object Body(int i) => single ? asked[i % asked.Length] : asked;
            float[][] Expected(int i) => single ? [.. expected.Select(scores => scores[(i % asked.Length)..][..1])] : expected;
            for (int i = 0; i < 200; i++)
                await AskAsync(client, address, Body(i), Expected(i));
            var seconds = new double[requests];
            int next = -1, wrong = 0, second = 0;
            using var stop = new CancellationTokenSource();
            Task swapping = SwapAsync(context, models, training.Schema, path, () => (double)Volatile.Read(ref next) / requests, stop.Token);
            long begin = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
            {
                for (int i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next))
                {
                    long start = Stopwatch.GetTimestamp();
                    int answer = await AskAsync(client, address, Body(i), Expected(i));
                    seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    Interlocked.Add(ref wrong, answer < 0 ? 1 : 0);
                    Interlocked.Add(ref second, answer == 1 ? 1 : 0);
                }
            })));
            double total = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            await stop.CancelAsync();
            await swapping;
            Array.Sort(seconds);
            server.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {rowsOfARequest} | {requests:N0} | {requests / total:N0} | {rowsOfARequest * requests / total:N0} | {1000 * seconds[requests / 2]:F2} | {1000 * seconds[requests * 99 / 100]:F2} | {server.PeakWorkingSet64 / 1e6:F0} | {wrong} | {(second > 0 && second < requests ? "yes" : "no")} |"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    // At even parts of the run, so that each swap falls among requests.
    private static async Task SwapAsync(MLContext context, ITransformer[] models, DataViewSchema schema, string path, Func<double> done, CancellationToken stop)
    {
        for (int swap = 1; swap <= Swaps && !stop.IsCancellationRequested; swap++)
        {
            while (done() < swap / (Swaps + 1.0) && !stop.IsCancellationRequested)
                await Task.Delay(2, CancellationToken.None);
            context.Model.SaveAtomically(models[swap % 2], schema, path);
        }
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (int i = 0; i < 300; i++)
        {
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The service did not begin to answer.");
    }

    /// <summary>Which model's answer it is; -1 where it is neither's, or no answer.</summary>
    private static async Task<int> AskAsync(HttpClient client, string address, object body, float[][] expected)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync(address, body, JsonSerializerOptions.Default);
        if (!response.IsSuccessStatusCode)
            return -1;
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        JsonElement[] rows = answer.RootElement.ValueKind == JsonValueKind.Array ? [.. answer.RootElement.EnumerateArray()] : [answer.RootElement];
        return Array.FindIndex(expected, scores => scores.Length == rows.Length && !rows.Where((row, r) => row.GetProperty("score").GetSingle() != scores[r]).Any());
    }

    private sealed class Row
    {
        [VectorType(ServingBenchmark.Features)]
        public float[] Features { get; set; } = [];
    }
}
