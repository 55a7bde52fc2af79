namespace Adversarial.Benchmarks;

/// <summary>What one case gave.</summary>
/// <param name="Name">The networks.</param>
/// <param name="Turns">Seconds a step, turn by turn.</param>
/// <param name="Losses">Means of the first steps, from the same first weights, rows and random numbers.</param>
internal sealed record StepResult(string Name, IReadOnlyList<StepTurn> Turns, IReadOnlyList<LossPair> Losses)
{
    public double Engine => Median(turn => turn.Engine);

    public double Device => Median(turn => turn.Device);

    /// <summary>The device's time over the engine's: least, median and greatest of the turns.</summary>
    public (double Least, double Median, double Greatest) DeviceRatio =>
        (Turns.Min(turn => turn.Device / turn.Engine), Median(turn => turn.Device / turn.Engine), Turns.Max(turn => turn.Device / turn.Engine));

    /// <summary>The program's, or none.</summary>
    public double? Program => Turns[0].Program is null ? null : Median(turn => turn.Program!.Value);

    public double? ProgramRatio => Turns[0].Program is null ? null : Median(turn => turn.Program!.Value / turn.Engine);

    private double Median(Func<StepTurn, double> value) => Turns.Select(value).Order().ElementAt(Turns.Count / 2);
}

/// <summary>Seconds a step of one turn.</summary>
/// <param name="Engine">On the engine's own kernels.</param>
/// <param name="Device">The same step on LibTorch's device.</param>
/// <param name="Program">The step as a program on TorchSharp has it, or none.</param>
internal sealed record StepTurn(double Engine, double Device, double? Program);

/// <summary>A loss on both devices.</summary>
internal sealed record LossPair(string Name, double Engine, double Device)
{
    public double RelativeDifference => Math.Abs(Engine - Device) / Math.Max(1e-12, Math.Abs(Engine));
}
