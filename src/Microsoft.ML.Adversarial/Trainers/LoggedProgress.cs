using Adversarial.Detectors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>Writes progress to the context's log, a line an epoch, and passes it on.</summary>
internal sealed class LoggedProgress(IChannel channel, IProgress<TrainingProgress>? next) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.RestartReason is not null)
            channel.Warning(MessageSensitivity.None, value.ToString());
        else if (value.EndOfEpoch)
            channel.Info(MessageSensitivity.None, value.ToString());
        if (value.Warning is { } warning)
            channel.Warning(MessageSensitivity.None, warning);
        next?.Report(value);
    }
}
