using Adversarial.Detectors;

namespace NetworkIntrusion;

/// <summary>A progress bar on the console; one line an epoch where the output is a file.</summary>
public sealed class ProgressBar : IProgress<TrainingProgress>, IDisposable
{
    private const int Width = 30;

    private bool _open;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        int filled = (int)(value.Fraction * Width);
        string losses = string.Join("  ", value.Losses.Select(loss => $"{loss.Name} {loss.Value:F3}"));
        string line = $"[{new string('#', filled)}{new string('.', Width - filled)}] {value.Fraction,4:P0}  "
            + $"{value.Phase} {value.Epoch}/{value.NumberOfEpochs}  {value.Elapsed.TotalSeconds,5:F1} s  {losses}";
        if (!Console.IsOutputRedirected)
        {
            Console.Write('\r' + line.PadRight(Math.Max(1, Console.WindowWidth - 1))[..Math.Max(1, Console.WindowWidth - 1)]);
            _open = true;
        }
        else if (value.EndOfEpoch)
        {
            Console.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_open)
            Console.WriteLine();
        _open = false;
    }
}
