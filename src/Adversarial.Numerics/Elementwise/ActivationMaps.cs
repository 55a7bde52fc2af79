namespace Adversarial.Numerics;

/// <summary>Chooses the operator of an activation: one compiled loop for each, and no branch in it.</summary>
internal static unsafe class ActivationMaps
{
    /// <summary>result = dropout(activation(x)), the dropout where there is a mask.</summary>
    public static void Forward(in MapArguments arguments, Activation activation, float maskScale, WorkerGang gang)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                Forward(arguments, default(ReluOperator), maskScale, gang);
                break;
            case ActivationKind.LeakyRelu:
                Forward(arguments, new LeakyReluOperator(activation.Slope), maskScale, gang);
                break;
            case ActivationKind.Sigmoid:
                Forward(arguments, default(SigmoidOperator), maskScale, gang);
                break;
            case ActivationKind.Tanh:
                Forward(arguments, default(TanhOperator), maskScale, gang);
                break;
            case ActivationKind.Exp:
                Forward(arguments, default(ExpOperator), maskScale, gang);
                break;
            case ActivationKind.Softplus:
                Forward(arguments, default(SoftplusOperator), maskScale, gang);
                break;
            default:
                Forward(arguments, default(IdentityOperator), maskScale, gang);
                break;
        }
    }

    /// <summary>result (+)= x * activation', read off y, and dropout's way back where there is a mask.</summary>
    public static void Backward(in MapArguments arguments, Activation activation, float maskScale, bool accumulate, WorkerGang gang)
    {
        switch (activation.Kind)
        {
            case ActivationKind.Relu:
                Backward(arguments, default(ReluDerivative), maskScale, accumulate, gang);
                break;
            case ActivationKind.LeakyRelu:
                Backward(arguments, new LeakyReluDerivative(activation.Slope), maskScale, accumulate, gang);
                break;
            case ActivationKind.Sigmoid:
                Backward(arguments, default(SigmoidDerivative), maskScale, accumulate, gang);
                break;
            case ActivationKind.Tanh:
                Backward(arguments, default(TanhDerivative), maskScale, accumulate, gang);
                break;
            case ActivationKind.Exp:
                // The exponential is its own derivative.
                Backward(arguments, default(MultiplyOperator), maskScale, accumulate, gang);
                break;
            case ActivationKind.Softplus:
                Backward(arguments, default(SoftplusDerivative), maskScale, accumulate, gang);
                break;
            default:
                Backward(arguments, default(IdentityOperator), maskScale, accumulate, gang);
                break;
        }
    }

    private static void Forward<TOperator>(in MapArguments arguments, TOperator op, float maskScale, WorkerGang gang)
        where TOperator : struct, IOperator
    {
        if (arguments.Mask == null)
            Map.Run(arguments, op, gang);
        else
            Map.Run(arguments, new Dropped<TOperator>(op, maskScale), gang);
    }

    private static void Backward<TOperator>(in MapArguments arguments, TOperator op, float maskScale, bool accumulate, WorkerGang gang)
        where TOperator : struct, IOperator
    {
        if (arguments.Mask == null)
            Accumulate(arguments, op, accumulate, gang);
        else
            Accumulate(arguments, new DroppedDerivative<TOperator>(op, maskScale), accumulate, gang);
    }

    private static void Accumulate<TOperator>(in MapArguments arguments, TOperator op, bool accumulate, WorkerGang gang)
        where TOperator : struct, IOperator
    {
        if (accumulate)
            Map.Run(arguments, new Accumulated<TOperator>(op), gang);
        else
            Map.Run(arguments, op, gang);
    }
}
