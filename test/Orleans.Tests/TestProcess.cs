using System.Diagnostics;
using System.Globalization;

namespace ClusterTests;

/// <summary>A process of the tests, which ends when they do, whatever becomes of them: its input ends then.</summary>
internal sealed class TestProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _said = new();

    private TestProcess(string name, string program, string sign, string[] arguments)
    {
        Name = name;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        DataReceivedEventHandler read = (_, line) =>
        {
            if (line.Data?.Contains(sign, StringComparison.Ordinal) == true)
                _ready.TrySetResult();
            if (line.Data is not null)
                _said.Enqueue(line.Data);
        };
        _process.OutputDataReceived += read;
        _process.ErrorDataReceived += read;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>A silo of the sample, with one job at a time.</summary>
    public static async Task<TestProcess> SiloAsync(string name, string redis, string folder)
    {
        int[] ports = FreePorts.Take(2);
        var silo = new TestProcess(name, "dotnet", "is ready",
        [
            Path.Combine(AppContext.BaseDirectory, "Cluster.dll"), "silo", "--name", name, "--redis", redis, "--folder", folder, "--jobs", "1", "--minutes", "10", "--until-input-ends",
            "--port", ports[0].ToString(CultureInfo.InvariantCulture), "--gateway", ports[1].ToString(CultureInfo.InvariantCulture),
        ]);
        await silo.ReadyAsync();
        return silo;
    }

    /// <summary>A Redis on a port of its own, which keeps nothing.</summary>
    public static async Task<(TestProcess Process, string Address)> RedisAsync(string program)
    {
        string port = FreePorts.Take(1)[0].ToString(CultureInfo.InvariantCulture);
        var redis = new TestProcess("redis", "/bin/sh", "Ready to accept", ["-c", $"'{program}' --port {port} --bind 127.0.0.1 --save '' --appendonly no & read end; kill $!"]);
        await redis.ReadyAsync();
        return (redis, $"127.0.0.1:{port}");
    }

    private async Task ReadyAsync()
    {
        if (await Task.WhenAny(_ready.Task, _process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(1))) == _ready.Task)
            return;
        string state = _process.HasExited ? $"ended with {_process.ExitCode}" : "is not ready after a minute";
        Dispose();
        throw new InvalidOperationException($"{Name} {state}: {string.Join(Environment.NewLine, _said)}");
    }

    /// <summary>Ends it as a machine that fails does: without a word.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(5000))
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            // It has ended.
        }

        _process.Dispose();
    }
}
