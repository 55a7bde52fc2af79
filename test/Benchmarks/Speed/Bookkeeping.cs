using System.Diagnostics;
using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Benchmarks;

/// <summary>What the tape costs by itself: a step of so many recorded operations, there and back and an update, on a device that is idle.</summary>
internal static class Bookkeeping
{
    public const int Operations = 20;

    private const int StepsOfTurn = 20_000;
    private const int Turns = 15;

    /// <summary>Microseconds a step, the median of the turns.</summary>
    public static double Measure()
    {
        var device = new IdleDevice();
        var network = new Mlp(device, "network", 8, [.. Enumerable.Repeat(8, Operations - 2)], 1, Activation.LeakyRelu(0.2f), Activation.Identity);
        var adam = new Adam(new AdamSettings(1e-3f), network);
        var tape = new Tape(device);
        double[] turns = new double[Turns];
        for (int turn = -3; turn < Turns; turn++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < StepsOfTurn; i++)
            {
                tape.Reset();
                adam.Minimize(Functions.BinaryCrossEntropyWithLogits(network.Forward(tape.Allocate(16, 8)), 1));
            }

            // The first turns are the compiler's.
            if (turn >= 0)
                turns[turn] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / StepsOfTurn;
        }

        return turns.Order().ElementAt(Turns / 2);
    }
}
