using TorchSharp;

namespace Microsoft.ML.Adversarial;

/// <summary>The native library behind TorchSharp, which comes with packages of its own.</summary>
internal static class TorchLibrary
{
    public const string Missing =
        "LibTorch was not found, or needs a newer libstdc++ (GCC 13: Debian 13, Ubuntu 24.04). Reference the package TorchSharp-cpu, TorchSharp-cuda-windows or " +
        "TorchSharp-cuda-linux in the version of TorchSharp (0.107.0), or leave the networks to the engine's own kernels.";

    /// <summary>Loads it.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or does not load.</exception>
    public static void Require()
    {
        try
        {
            _ = torch.get_num_threads();
        }
        catch (Exception failure) when (IsOfLoading(failure))
        {
            throw new InvalidOperationException(Missing, failure);
        }
    }

    /// <summary>Number of GPUs that it can use; 0 where it is made for the processor alone.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or does not load.</exception>
    public static int CountGpus()
    {
        Require();
        return torch.cuda.is_available() ? torch.cuda.device_count() : 0;
    }

    private static bool IsOfLoading(Exception failure) =>
        failure is TypeInitializationException or NotSupportedException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or FileNotFoundException;
}
