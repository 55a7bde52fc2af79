namespace Adversarial.Numerics;

/// <summary>What follows a product and is too long for the registers: applied while the row block is still in cache.</summary>
internal static unsafe class GemmFinish
{
    public static void Run(ref readonly Product product, int first, int end)
    {
        // The rectifiers have been applied in registers, but for a slope that makes none of a maximum.
        Activation activation = product.Activated != null ? product.ActivatedBy : product.Activation;
        bool curved = activation.Kind >= ActivationKind.Sigmoid
            || (activation.Kind == ActivationKind.LeakyRelu && product.Activated == null && !activation.IsMaximum);
        if (product.Mask == null && !curved)
            return;
        MapArguments arguments = new()
        {
            X = product.C,
            XRow = product.CRow,
            Y = product.Activated,
            YRow = product.ActivatedRow,
            Result = product.C,
            ResultRow = product.CRow,
            Mask = product.Mask,
            Rows = product.Rows,
            Columns = product.Columns,
        };
        arguments = Map.Slice(arguments, first, end);
        if (product.Activated != null)
            ActivationMaps.Backward(arguments, product.ActivatedBy, product.MaskScale, accumulate: false, WorkerGang.Single);
        else
            ActivationMaps.Forward(arguments, curved ? activation : Activation.Identity, product.MaskScale, WorkerGang.Single);
    }
}
