namespace Adversarial.Detectors;

/// <summary>Hands reports to the caller's listeners; a listener that throws does not harm the fit.</summary>
internal sealed class ProgressReporter(params IProgress<TrainingProgress>?[] listeners)
{
    public void Report(TrainingProgress progress)
    {
        foreach (IProgress<TrainingProgress>? listener in listeners)
        {
            try
            {
                listener?.Report(progress);
            }
            catch (Exception)
            {
                // Progress is a courtesy: hours of training must not be lost to a broken progress bar.
            }
        }
    }
}
