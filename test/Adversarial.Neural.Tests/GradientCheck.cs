namespace Adversarial.Neural.Tests;

/// <summary>Compares gradients of a loss with central differences in double precision, parameter by parameter.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-6;

    /// <summary>Largest difference, relative to the larger of 1e-3 and the two gradients.</summary>
    public static double LargestError(Func<Tape, Tensor> loss, params Network[] trained)
    {
        // On the way back even these small matrices make room for others once nobody reads them.
        var tape = new Tape(trained[0].Parameters.Device, recording: true, smallestReused: 1, smallestForgotten: 1);
        ParameterSet[] sets = Array.ConvertAll(trained, network => network.Parameters);
        tape.Backward(loss(tape), sets);
        double worst = 0;
        foreach (ParameterSet set in sets)
        {
            var analytic = new double[set.Count];
            for (int i = 0; i < set.Count; i++)
                analytic[i] = ReferenceDevice.Read(set.Gradients, 0, i);
            for (int i = 0; i < set.Count; i++)
                worst = Math.Max(worst, Error(analytic[i], Difference(tape, loss, set.Values, i)));
        }

        return worst;
    }

    private static double Difference(Tape tape, Func<Tape, Tensor> loss, Matrix values, int index)
    {
        double value = ReferenceDevice.Read(values, 0, index);
        double At(double x)
        {
            ReferenceDevice.Write(values, 0, index, x);
            tape.Reset();
            return loss(tape).Scalar();
        }

        double difference = (At(value + Step) - At(value - Step)) / (2 * Step);
        ReferenceDevice.Write(values, 0, index, value);
        return difference;
    }

    private static double Error(double a, double b) => Math.Abs(a - b) / Math.Max(1e-3, Math.Max(Math.Abs(a), Math.Abs(b)));
}
