using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>Writes progress to the context's log, a line an epoch, and passes it on.</summary>
internal sealed class LoggedProgress(IChannel channel, IProgress<TrainingProgress>? next) : IProgress<TrainingProgress>
{
    // Who waits longer than this is told how long.
    private static readonly TimeSpan _longWait = TimeSpan.FromSeconds(30);

    private bool _told;

    public void Report(TrainingProgress value)
    {
        if (!_told && value.EstimatedRemaining is { } remaining)
        {
            _told = true;
            if (remaining > _longWait)
                channel.Info(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
                    $"Training will take about {Math.Ceiling(remaining.TotalSeconds / 30) / 2} minutes more, by the pace of the first {value.Step} of {value.NumberOfSteps} steps."));
        }

        if (value.RestartReason is not null)
            channel.Warning(MessageSensitivity.None, value.ToString());
        else if (value.EndOfEpoch)
            channel.Info(MessageSensitivity.None, value.ToString());
        if (value.Warning is { } warning)
            channel.Warning(MessageSensitivity.None, warning);
        next?.Report(value);
    }
}
