namespace Adversarial.Numerics;

/// <summary>What follows a product and is too long for the registers: applied while the row block is still in cache.</summary>
internal static unsafe class GemmFinish
{
    public static void Run(ref readonly Product product, int first, int end)
    {
        int columns = product.Columns;
        for (int r = first; r < end; r++)
        {
            float* c = product.C + r * product.CRow;
            for (int j = 0; j < columns; j++)
            {
                float value = c[j];
                if (product.Activated != null)
                {
                    ReadOnlySpan<uint> mask = product.Mask == null ? default : new(product.Mask, product.Rows * Dropout.MaskStride(columns));
                    value = ActivationReference.Chain(
                        value, product.Activated[r * product.ActivatedRow + j], product.ActivatedBy, mask, product.MaskScale, r, j, columns);
                }
                else if (product.Mask != null || product.Activation.Kind >= ActivationKind.Sigmoid)
                {
                    if (product.Activation.Kind >= ActivationKind.Sigmoid)
                        value = ActivationReference.Apply(product.Activation, value);
                    if (product.Mask != null)
                        value = DropoutReference.Kept(new(product.Mask, product.Rows * Dropout.MaskStride(columns)), r, j, columns) ? value * product.MaskScale : 0;
                }

                c[j] = value;
            }
        }
    }
}
