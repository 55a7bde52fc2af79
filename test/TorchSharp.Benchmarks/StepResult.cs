namespace Adversarial.Benchmarks;

/// <summary>What one case gave.</summary>
/// <param name="Name">The networks.</param>
/// <param name="Turns">Seconds a step, turn by turn.</param>
/// <param name="Losses">Means of the first steps.</param>
internal sealed record StepResult(string Name, IReadOnlyList<StepTurn> Turns, IReadOnlyList<StepLoss> Losses)
{
    public double Engine => Median(turn => turn.Engine);

    public double Device => Median(turn => turn.Device);

    public double Program => Median(turn => turn.Program);

    /// <summary>Another's time over the engine's: least, median and greatest of the turns.</summary>
    public (double Least, double Median, double Greatest) Ratio(Func<StepTurn, double> other) =>
        (Turns.Min(turn => other(turn) / turn.Engine), Median(turn => other(turn) / turn.Engine), Turns.Max(turn => other(turn) / turn.Engine));

    private double Median(Func<StepTurn, double> value) => Turns.Select(value).Order().ElementAt(Turns.Count / 2);
}

/// <summary>Seconds a step of one turn.</summary>
/// <param name="Engine">On the engine's own kernels.</param>
/// <param name="Device">The same step on LibTorch's device.</param>
/// <param name="Program">The step as a program on TorchSharp has it.</param>
internal sealed record StepTurn(double Engine, double Device, double Program);

/// <summary>A loss: on both devices from the same rows and random numbers, and the program's, which draws its own; null where it does not tell this part.</summary>
internal sealed record StepLoss(string Name, double Engine, double Device, double? Program)
{
    public double RelativeDifference => Math.Abs(Engine - Device) / Math.Max(1e-12, Math.Abs(Engine));
}
