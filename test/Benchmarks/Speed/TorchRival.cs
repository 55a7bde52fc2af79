using System.Diagnostics;
using System.Text.Json;

namespace Adversarial.Benchmarks;

/// <summary>PyTorch in a process of its own, with the same networks, rows and first weights; it waits while the library runs.</summary>
internal sealed class TorchRival : IDisposable
{
    public const string Missing = "PyTorch was not found, so nothing is compared with it; on Debian: apt-get install python3-torch libopenblas0-pthread";

    private static readonly string[] _interpreters = ["python3", "/usr/bin/python3"];
    private static readonly Lazy<string?> _interpreter = new(() => _interpreters.FirstOrDefault(HasTorch));

    private readonly Process _process;

    /// <param name="folder">Where <see cref="SpeedTraining.HandOver"/> wrote.</param>
    /// <param name="threads">Threads of PyTorch and of its BLAS.</param>
    public TorchRival(string folder, int threads)
    {
        var start = new ProcessStartInfo(_interpreter.Value ?? throw new InvalidOperationException(Missing))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "rival.py"), folder },
            Environment = { ["OPENBLAS_NUM_THREADS"] = $"{threads}", ["OMP_NUM_THREADS"] = $"{threads}" },
        };
        _process = Process.Start(start)!;
        if (_process.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException("The PyTorch side did not start.");
    }

    /// <summary>A Python with PyTorch, or null.</summary>
    public static string? Interpreter => _interpreter.Value;

    /// <summary>Whether there is a Python with PyTorch.</summary>
    public static bool IsPresent => _interpreter.Value is not null;

    /// <summary>PyTorch's version and its BLAS.</summary>
    public static string Version { get; } = IsPresent ? Output(_interpreter.Value!, """
        import torch, os
        maps = open('/proc/self/maps').read() if os.path.exists('/proc/self/maps') else ''
        blas = next((name for name in ('openblas', 'mkl', 'blis') if name in maps.lower()), 'unknown BLAS')
        print(torch.__version__, blas)
        """).Trim() : "none";

    /// <summary>Trains so many steps; seconds a step and mean losses.</summary>
    public (double Seconds, Dictionary<string, double> Losses) Steps(int count)
    {
        JsonElement answer = Ask($"steps {count}");
        return (answer.GetProperty("seconds").GetDouble() / count, answer.GetProperty("losses").Deserialize<Dictionary<string, double>>()!);
    }

    /// <summary>Scores all rows once; seconds.</summary>
    public double Score() => Ask("score").GetProperty("seconds").GetDouble();

    /// <summary>The process's peak of resident memory, MiB.</summary>
    public double PeakMemory() => Ask("memory").GetProperty("mebibytes").GetDouble();

    private JsonElement Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The PyTorch side ended at '{command}'.");
        return JsonDocument.Parse(answer).RootElement;
    }

    private static bool HasTorch(string interpreter)
    {
        try
        {
            return Output(interpreter, "import torch; print('torch')").Trim() == "torch";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Output(string interpreter, string program)
    {
        using Process process = Process.Start(new ProcessStartInfo(interpreter)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", program },
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : "";
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
