namespace Adversarial.Numerics;

/// <summary>What follows a product and is too long for the registers: applied while the row block is still in cache.</summary>
internal static unsafe class GemmFinish
{
    public static void Run(ref readonly Product product, int first, int end)
    {
        bool curved = product.Activation.Kind >= ActivationKind.Sigmoid;
        if (product.Activated == null && product.Mask == null && !curved)
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
            ActivationMaps.Forward(arguments, curved ? product.Activation : Activation.Identity, product.MaskScale, WorkerGang.Single);
    }
}
