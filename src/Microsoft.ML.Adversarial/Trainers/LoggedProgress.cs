using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>Writes progress to the context's log, a line an epoch, and passes it on.</summary>
internal sealed class LoggedProgress(IChannel channel, IProgress<TrainingProgress>? next) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.RestartReason is { } reason)
            channel.Warning(MessageSensitivity.None, $"Training begins anew with another seed (attempt {value.Attempt + 1}): {reason}");
        else if (value.EndOfEpoch)
            channel.Info(MessageSensitivity.None, Line(value));
        if (value.Warning is { } warning)
            channel.Warning(MessageSensitivity.None, warning);
        next?.Report(value);
    }

    private static string Line(TrainingProgress value) => string.Create(CultureInfo.InvariantCulture,
        $"{value.Phase}: epoch {value.Epoch} of {value.NumberOfEpochs}, {value.Elapsed.TotalSeconds:F1} s, {Losses(value)}");

    private static string Losses(TrainingProgress value) =>
        string.Join(", ", value.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Name} {loss.Value:G4}")));
}
