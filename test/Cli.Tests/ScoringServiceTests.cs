using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Cli.Tests;

/// <summary>samples/Scoring as a process, with models that the tool trained.</summary>
public sealed class ScoringServiceTests(Workplace workplace) : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new();
    private readonly string _model = $"{Guid.NewGuid():N}.zip";
    private readonly StringBuilder _log = new();
    private Process? _service;

    // The tests' own folder is bin/Cli.Tests/release.
    private static string Dll => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Scoring", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Scoring.dll"));

    public async ValueTask InitializeAsync()
    {
        File.Copy(workplace.PathOf(Workplace.Model), workplace.PathOf(_model));
        int port = FreePort();
        _client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _service = Process.Start(new ProcessStartInfo("dotnet",
            [Dll, "--model", workplace.PathOf(_model), "--urls", $"http://127.0.0.1:{port}", "--Scoring:MaximumRows", "300", "--Scoring:PollSeconds", "0.1", "--Logging:LogLevel:Default", "Error"])
        { RedirectStandardOutput = true })!;
        _service.OutputDataReceived += (_, line) =>
        {
            lock (_log)
                _log.AppendLine(line.Data);
        };
        _service.BeginOutputReadLine();
        await Until(async () =>
        {
            try
            {
                return (await _client.GetAsync("/health/ready")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    public ValueTask DisposeAsync()
    {
        _service?.Kill();
        _service?.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RowsHaveTheScoresOfTheToolAndModelsAreSwapped()
    {
        JsonObject[] rows = [.. File.ReadLines(workplace.PathOf(Workplace.Normal)).Skip(1).Select(Row)];
        float[] expected = Scores(Workplace.Model);
        JsonArray batch = (await Post("/score/batch", new JsonArray([.. rows.Select(row => row.DeepClone())]), HttpStatusCode.OK)).AsArray();
        Assert.Equal(expected, batch.Select(verdict => (float)verdict!["score"]!));
        for (int r = 0; r < 5; r++)
            Assert.Equal(expected[r], (float)(await Post("/score", rows[r], HttpStatusCode.OK))["score"]!);

        // A file that is no model leaves the old one; a new model takes its place.
        Replace("broken"u8.ToArray());
        await Until(async () => (string)(await Get("/health/ready"))["status"]! == "degraded");
        Assert.Equal(expected[0], (float)(await Post("/score", rows[0], HttpStatusCode.OK))["score"]!);
        Tool.Run(workplace.Folder, "train", "-d", Workplace.Normal, "--method", "knn", "--option", "NumberOfNeighbors=9", "-o", _model).Succeeded();
        float[] other = Scores(_model);
        Assert.NotEqual(expected[0], other[0]);
        await Until(async () => (float)(await Post("/score", rows[0], HttpStatusCode.OK))["score"]! == other[0]);
        Assert.Equal("ready", (string)(await Get("/health/ready"))["status"]!);

        // A file that is gone is told, and the model stays until there is one again.
        string path = workplace.PathOf(_model);
        File.Move(path, path + ".away");
        await Until(async () => (string)(await Get("/health/ready"))["status"]! == "degraded");
        Assert.Contains("There is no file", (string)(await Get("/health/ready"))["reason"]!);
        Assert.Equal(other[0], (float)(await Post("/score", rows[0], HttpStatusCode.OK))["score"]!);
        File.Move(path + ".away", path);
        await Until(async () => (string)(await Get("/health/ready"))["status"]! == "ready");
    }

    [Fact]
    public void ASettingThatIsMisspeltIsRefused()
    {
        using Process service = Process.Start(new ProcessStartInfo("dotnet", [Dll, "--model", workplace.PathOf(_model), "--Scoring:MaxRows", "300"]) { RedirectStandardError = true })!;
        Assert.Contains("'MaxRows'", service.StandardError.ReadToEnd(), StringComparison.Ordinal);
        service.WaitForExit();
        Assert.Equal(2, service.ExitCode);
    }

    [Fact]
    public async Task WhatIsWrongIsSaidByRowAndColumn()
    {
        JsonObject good = Row("0.5,0.52,5,red");
        JsonNode missing = JsonNode.Parse("""{ "a": 1, "c": 5, "kind": "red" }""")!, text = JsonNode.Parse("""{ "a": "1", "b": 1, "c": 5, "kind": "red" }""")!;
        JsonNode problem = await Post("/score/batch", new JsonArray(good.DeepClone(), missing), HttpStatusCode.BadRequest);
        Assert.Equal((1, "b"), ((int)problem["row"]!, (string)problem["column"]!));
        Assert.Contains("Row 0, column 'a': expected a number", (string)(await Post("/score", text, HttpStatusCode.BadRequest))["detail"]!);
        Assert.Contains("no list", (string)(await Post("/score/batch", good, HttpStatusCode.BadRequest))["detail"]!);
        Assert.Contains("may have 300", (string)(await Post("/score/batch", new JsonArray([.. Enumerable.Range(0, 301).Select(_ => good.DeepClone())]), HttpStatusCode.RequestEntityTooLarge))["detail"]!);
        using HttpResponseMessage other = await _client.PostAsync("/score", new StringContent("{}", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
        using HttpResponseMessage broken = await _client.PostAsync("/score", new StringContent("{", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        JsonNode unknown = await Post("/score", JsonNode.Parse("""{ "a": null, "b": 1, "c": 5, "kind": "red" }""")!, HttpStatusCode.OK);
        Assert.True((bool)unknown["predictedLabel"]!);
        Assert.Null(unknown["score"]);
        // What the sender did wrong is no error of the service.
        lock (_log)
            Assert.Equal("", _log.ToString().Trim());
    }

    private void Replace(byte[] content)
    {
        string path = workplace.PathOf(_model), written = path + ".new";
        File.WriteAllBytes(written, content);
        File.Move(written, path, overwrite: true);
    }

    private float[] Scores(string model) =>
        [.. Tool.Run(workplace.Folder, "score", "-m", model, "-d", Workplace.Normal).Succeeded().Lines.Skip(1).Select(line => float.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];

    private static JsonObject Row(string line)
    {
        string[] cells = line.Split(',', 4);
        float Number(int cell) => float.Parse(cells[cell], CultureInfo.InvariantCulture);
        string kind = cells[3].StartsWith('"') ? cells[3][1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cells[3];
        return new JsonObject { ["a"] = Number(0), ["b"] = Number(1), ["c"] = Number(2), ["kind"] = kind };
    }

    private async Task<JsonNode> Post(string address, JsonNode body, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await _client.PostAsJsonAsync(address, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> Get(string address) => JsonNode.Parse(await _client.GetStringAsync(address))!;

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < _patience; await Task.Delay(50))
        {
            if (await condition())
                return;
        }

        throw new TimeoutException("It did not happen in a minute.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
