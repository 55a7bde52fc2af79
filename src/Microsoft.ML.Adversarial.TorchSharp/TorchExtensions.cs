using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>Has detectors trained by LibTorch.</summary>
public static class TorchExtensions
{
    /// <summary>
    /// Trains the networks by LibTorch where the context says, as ML.NET's own trainers on TorchSharp do: on a GPU if <see cref="MLContext.GpuDeviceId"/> is set
    /// and there is one, else on the processor. The fitted model is an ordinary one: it scores, is saved and loads without LibTorch.
    /// </summary>
    /// <param name="options">Options of a method that trains networks; they are changed.</param>
    /// <param name="mlContext">The context; its <see cref="MLContext.GpuDeviceId"/> is the number of the GPU, from 0.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="InvalidOperationException">
    /// LibTorch does not load, or there is no such GPU and <see cref="MLContext.FallbackToCpu"/> is false; the message says what to do.
    /// </exception>
    public static TOptions UseTorch<TOptions>(this TOptions options, MLContext mlContext)
        where TOptions : NetworkDetectorOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mlContext);
        if (Choose(mlContext.GpuDeviceId, mlContext.FallbackToCpu, TorchLibrary.CountGpus()) is { } gpu)
            return options.UseTorch(TorchDeviceKind.Cuda, gpu);
        return options.UseTorch(TorchDeviceKind.Cpu);
    }

    /// <summary>Trains the networks by LibTorch on the given device, whatever the context says. The fitted model is an ordinary one.</summary>
    /// <param name="options">Options of a method that trains networks; they are changed.</param>
    /// <param name="kind">The processor or a GPU.</param>
    /// <param name="index">Which GPU, from 0; 0 for the processor.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not defined, or the index is out of range.</exception>
    /// <exception cref="InvalidOperationException">LibTorch does not load, or there is no such GPU; the message says what to do.</exception>
    public static TOptions UseTorch<TOptions>(this TOptions options, TorchDeviceKind kind, int index = 0)
        where TOptions : NetworkDetectorOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        var factory = new TorchDeviceFactory(kind, index);

        // What is not there is to be told here, and not when the rows have been read.
        TorchDevice.RequirePresent(kind, index);
        options.TrainingDevice = factory;
        return options;
    }

    /// <summary>The GPU that a context asks for, of so many; null: the processor.</summary>
    /// <exception cref="InvalidOperationException">There is none of that number.</exception>
    internal static int? Choose(int? gpuDeviceId, bool fallbackToCpu, int gpus)
    {
        if (gpuDeviceId is not { } gpu)
            return null;
        if (gpu >= 0 && gpu < gpus)
            return gpu;
        if (fallbackToCpu)
            return null;
        throw new InvalidOperationException(
            $"{nameof(MLContext)}.{nameof(MLContext.GpuDeviceId)} is {gpu}, and LibTorch finds {(gpus == 0 ? "no GPU" : $"{gpus}, the last of which is {gpus - 1}")}. " +
            $"Reference TorchSharp-cuda-windows or TorchSharp-cuda-linux and install NVIDIA's driver, set {nameof(MLContext.FallbackToCpu)} to true, or leave {nameof(MLContext.GpuDeviceId)} null.");
    }
}
