namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Tells of progress on the thread that makes it.</summary>
internal sealed class Listener<T>(Action<T> told) : IProgress<T>
{
    // Progress is told where it happens: Progress<T> would tell it later, and in any order.
    public void Report(T value) => told(value);
}
