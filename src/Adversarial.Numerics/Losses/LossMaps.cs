using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>Chooses the operator of a loss and runs it.</summary>
internal static unsafe class LossMaps
{
    private const int Piece = 256;

    public static double Sum(LossFunction loss, in MapArguments arguments, float target) => loss switch
    {
        LossFunction.BinaryCrossEntropy => Sum(default(ProbabilityLoss), arguments, target),
        LossFunction.BinaryCrossEntropyWithLogits => Sum(default(LogitLoss), arguments, target),
        LossFunction.MeanSquaredError => Sum(default(SquaredLoss), arguments, target),
        LossFunction.MeanAbsoluteError => Sum(default(AbsoluteLoss), arguments, target),
        LossFunction.ExpMinusIdentity => Values(arguments, default(ExpMinusIdentity)),
        _ => Values(arguments, default(IdentityOperator)),
    };

    public static void Gradient(LossFunction loss, in MapArguments arguments, float target, float share, bool accumulate)
    {
        switch (loss)
        {
            case LossFunction.BinaryCrossEntropy:
                Gradient(default(ProbabilitySlope), arguments, target, share, accumulate);
                break;
            case LossFunction.BinaryCrossEntropyWithLogits:
                Gradient(default(LogitSlope), arguments, target, share, accumulate);
                break;
            case LossFunction.MeanSquaredError:
                Gradient(default(SquaredSlope), arguments, target, share, accumulate);
                break;
            case LossFunction.MeanAbsoluteError:
                Gradient(default(AbsoluteSlope), arguments, target, share, accumulate);
                break;
            case LossFunction.ExpMinusIdentity:
                Weigh(default(ExpMinusOne), arguments, share, accumulate);
                break;
            default:
                Weigh(default(MeanSlope), arguments, share, accumulate);
                break;
        }
    }

    private static double Sum<TLoss>(TLoss loss, in MapArguments arguments, float target)
        where TLoss : struct, IOperator =>
        arguments.Y == null ? Values(arguments, new ConstantSecond<TLoss>(loss, target)) : Values(arguments, loss);

    private static void Gradient<TSlope>(TSlope slope, in MapArguments arguments, float target, float share, bool accumulate)
        where TSlope : struct, IOperator
    {
        if (arguments.Y == null)
            Weigh(new ConstantSecond<TSlope>(slope, target), arguments, share, accumulate);
        else
            Weigh(slope, arguments, share, accumulate);
    }

    private static void Weigh<TSlope>(TSlope slope, in MapArguments arguments, float share, bool accumulate)
        where TSlope : struct, IOperator
    {
        if (accumulate)
            Map.Run(arguments, new WeightedSum<TSlope>(slope, share));
        else
            Map.Run(arguments, new Weighted<TSlope>(slope, share));
    }

    // The values pass through a small buffer in the order of the elements, so that the strides have no say in the sum.
    [SkipLocalsInit]
    private static double Values<TOperator>(in MapArguments arguments, TOperator op)
        where TOperator : struct, IOperator
    {
        float* buffer = stackalloc float[Piece];
        DoubleSum sum = default;
        int filled = 0;
        bool dense = arguments.XRow == arguments.Columns && (!TOperator.ReadsSecond || arguments.YRow == arguments.Columns);
        int rows = dense ? 1 : arguments.Rows;
        long columns = dense ? (long)arguments.Rows * arguments.Columns : arguments.Columns;
        for (int r = 0; r < rows; r++)
        {
            for (long c = 0; c < columns;)
            {
                int count = (int)Math.Min(columns - c, Piece - filled);
                MapArguments piece = new()
                {
                    X = arguments.X + r * arguments.XRow + c,
                    XRow = count,
                    Y = TOperator.ReadsSecond ? arguments.Y + r * arguments.YRow + c : null,
                    YRow = count,
                    Result = buffer + filled,
                    ResultRow = count,
                    Rows = 1,
                    Columns = count,
                };
                Map.Run(piece, op);
                c += count;
                filled += count;
                if (filled == Piece)
                {
                    sum.Add(buffer, Piece);
                    filled = 0;
                }
            }
        }

        sum.Add(buffer, filled);
        return sum.Total;
    }
}
