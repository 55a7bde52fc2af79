using Adversarial.Numerics;

namespace Adversarial.Neural;

public sealed partial class ReferenceDevice
{
    private const double Margin = 1e-7;

    /// <inheritdoc/>
    public void DrawMask(in Matrix bits, int columns, float keepProbability, RandomStream stream)
    {
        var words = new uint[bits.Rows * bits.Columns];
        Dropout.FillMask(words, bits.Rows, columns, keepProbability, stream);
        Matrix into = bits;
        ForEach(bits, false, (r, c) => words[r * into.Columns + c]);
    }

    /// <inheritdoc/>
    public void DrawNormal(in Matrix y, RandomStream stream, float mean, float deviation)
    {
        var values = new float[y.Rows * y.Columns];
        RandomFill.Normal(stream, 0, values, mean, deviation);
        Upload(values, y);
    }

    /// <inheritdoc/>
    public void DrawUniform(in Matrix y, RandomStream stream, float low, float high)
    {
        var values = new float[y.Rows * y.Columns];
        RandomFill.Uniform(stream, 0, values, low, high);
        Upload(values, y);
    }

    /// <inheritdoc/>
    public void Loss(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix loss)
    {
        double sum = 0;
        for (int r = 0; r < prediction.Rows; r++)
        {
            for (int c = 0; c < prediction.Columns; c++)
                sum += ElementLoss(function, At(prediction, r, c), Target(target, r, c));
        }

        At(loss, 0, 0) = sum / ((double)prediction.Rows * prediction.Columns);
    }

    /// <inheritdoc/>
    public void LossGradient(LossFunction function, in Matrix prediction, in LossTarget target, in Matrix upstream, in Matrix dx, bool accumulate)
    {
        (Matrix p, LossTarget t) = (prediction, target);
        double weight = At(upstream, 0, 0) / ((double)prediction.Rows * prediction.Columns);
        ForEach(dx, accumulate, (r, c) => weight * ElementGradient(function, At(p, r, c), Target(t, r, c)));
    }

    private static double Target(in LossTarget target, int r, int c) =>
        target.Values.IsNone ? target.Constant : At(target.Values, r, c);

    private static double ElementLoss(LossFunction function, double x, double t)
    {
        switch (function)
        {
            case LossFunction.Mean:
                return x;
            case LossFunction.BinaryCrossEntropy:
                double p = Math.Clamp(x, Margin, 1 - Margin);
                return -t * Math.Log(p) - (1 - t) * Math.Log(1 - p);
            case LossFunction.BinaryCrossEntropyWithLogits:
                return Math.Max(x, 0) - x * t + Math.Log(1 + Math.Exp(-Math.Abs(x)));
            case LossFunction.MeanSquaredError:
                return (x - t) * (x - t);
            case LossFunction.ExpMinusIdentity:
                return Math.Exp(x) - x;
            default:
                return Math.Abs(x - t);
        }
    }

    private static double ElementGradient(LossFunction function, double x, double t) => function switch
    {
        LossFunction.Mean => 1,
        LossFunction.BinaryCrossEntropy => x is < Margin or > 1 - Margin ? 0 : (x - t) / (x * (1 - x)),
        LossFunction.BinaryCrossEntropyWithLogits => 1 / (1 + Math.Exp(-x)) - t,
        LossFunction.MeanSquaredError => 2 * (x - t),
        LossFunction.ExpMinusIdentity => Math.Exp(x) - 1,
        _ => Math.Sign(x - t),
    };

    /// <inheritdoc/>
    public void WeightedSquaredError(in Matrix x, in Matrix target, in Matrix weights, in Matrix loss)
    {
        double sum = 0;
        for (int r = 0; r < x.Rows; r++)
        {
            for (int c = 0; c < x.Columns; c++)
                sum += At(weights, 0, c) * Math.Pow(At(x, r, c) - At(target, r, c), 2);
        }

        At(loss, 0, 0) = sum / x.Rows;
    }

    /// <inheritdoc/>
    public void WeightedSquaredErrorGradient(
        in Matrix x, in Matrix target, in Matrix weights, in Matrix upstream, in Matrix dx, bool accumulate)
    {
        (Matrix p, Matrix t, Matrix w) = (x, target, weights);
        double share = At(upstream, 0, 0) / x.Rows;
        ForEach(dx, accumulate, (r, c) => 2 * share * At(w, 0, c) * (At(p, r, c) - At(t, r, c)));
    }

    /// <inheritdoc/>
    public double SumOfSquares(in Matrix x)
    {
        double sum = 0;
        for (int r = 0; r < x.Rows; r++)
        {
            for (int c = 0; c < x.Columns; c++)
                sum += At(x, r, c) * At(x, r, c);
        }

        return sum;
    }

    /// <inheritdoc/>
    public bool AllFinite(in Matrix x) => double.IsFinite(SumOfSquares(x));

    /// <inheritdoc/>
    public void Adam(in Matrix weights, in Matrix gradients, in Matrix firstMoment, in Matrix secondMoment,
        in AdamSettings settings, long step, float gradientScale)
    {
        double correction1 = 1 - Math.Pow(settings.Beta1, step);
        double correction2 = 1 - Math.Pow(settings.Beta2, step);
        for (int i = 0; i < weights.Columns; i++)
        {
            double g = At(gradients, 0, i) * gradientScale;
            ref double m = ref At(firstMoment, 0, i);
            ref double v = ref At(secondMoment, 0, i);
            m = settings.Beta1 * m + (1 - settings.Beta1) * g;
            v = settings.Beta2 * v + (1 - settings.Beta2) * g * g;
            At(weights, 0, i) -= settings.LearningRate * (m / correction1) / (Math.Sqrt(v / correction2) + settings.Epsilon);
        }
    }

    /// <inheritdoc/>
    public void Adadelta(in Matrix weights, in Matrix gradients, in Matrix squares, in Matrix updates, in AdadeltaSettings settings)
    {
        for (int i = 0; i < weights.Columns; i++)
        {
            double g = At(gradients, 0, i);
            ref double a = ref At(squares, 0, i);
            ref double d = ref At(updates, 0, i);
            a = settings.Rho * a + (1 - (double)settings.Rho) * g * g;
            double update = g * Math.Sqrt((d + settings.Epsilon) / (a + settings.Epsilon));
            At(weights, 0, i) -= settings.LearningRate * update;
            d = settings.Rho * d + (1 - (double)settings.Rho) * update * update;
        }
    }
}
