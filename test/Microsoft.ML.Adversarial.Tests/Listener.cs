namespace Microsoft.ML.Adversarial.Tests;

/// <summary>A progress listener that runs on the training thread.</summary>
internal sealed class Listener<T>(Action<T> action) : IProgress<T>
{
    public void Report(T value) => action(value);
}
