namespace Adversarial.Numerics;

/// <summary>The calling thread's memory for patches and a padded image, kept from call to call.</summary>
internal static unsafe class PatchMemory
{
    /// <summary>Room for a block of patches, and behind it for a padded image, which is zero.</summary>
    public static float* Get(in PatchBlock block, in ConvolutionShape shape, out float* padded)
    {
        nuint patches = (nuint)block.Capacity * (nuint)shape.PatchLength + Patches.Slack, image = (nuint)shape.PaddedLength;
        float* memory = PackBuffer.GetPatches(patches + image);
        padded = memory + patches;
        new Span<float>(padded, shape.PaddedLength).Clear();
        return memory;
    }
}
