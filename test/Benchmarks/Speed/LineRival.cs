using System.Diagnostics;
using System.Globalization;

namespace Adversarial.Benchmarks;

/// <summary>A script in PyTorch that answers each line with a number; it waits while the library runs.</summary>
internal sealed class LineRival : IDisposable
{
    private readonly Process _process;

    /// <param name="interpreter">A Python with PyTorch.</param>
    /// <param name="script">The script, beside this program.</param>
    /// <param name="description">Its argument.</param>
    public LineRival(string interpreter, string script, string description)
    {
        _process = Process.Start(new ProcessStartInfo(interpreter)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, script), description },
            Environment = { ["OPENBLAS_NUM_THREADS"] = "1", ["OMP_NUM_THREADS"] = "1" },
        })!;
        if (_process.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException("The PyTorch side did not start.");
    }

    public double Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        return double.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PyTorch side ended."), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
