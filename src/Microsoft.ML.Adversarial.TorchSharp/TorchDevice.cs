using Adversarial.Neural;
using Adversarial.Numerics;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Tensors of LibTorch in single precision, on the processor or a GPU. Random numbers and masks are the engine's own: they are drawn on the processor and
/// brought over, so that every device sees the same ones. One device serves one tape at a time.
/// </summary>
/// <remarks>
/// The operations of mixtures of Gaussians are computed on the processor. On a GPU, cuDNN's shortened products (TF32) are turned off for the process, as they
/// are not single precision. The number of LibTorch's own threads is the process's: <c>torch.set_num_threads</c>.
/// </remarks>
public sealed partial class TorchDevice : IDevice, IDisposable
{
    private readonly torch.Device _device;
    private readonly bool _isOfProcessor;
    private readonly List<WeakReference<TorchStorage>> _storages = [];
    private int _storagesToLookThrough = 64;
    private bool _isDisposed;

    /// <summary>Loads LibTorch and takes a device.</summary>
    /// <param name="kind">The processor or a GPU.</param>
    /// <param name="index">Which GPU, from 0; 0 for the processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not defined, or the index is out of range.</exception>
    /// <exception cref="InvalidOperationException">LibTorch does not load, or there is no such GPU; the message says what to do.</exception>
    public TorchDevice(TorchDeviceKind kind = TorchDeviceKind.Cpu, int index = 0)
        : this(kind, index, isStaged: false)
    {
    }

    /// <summary>With <paramref name="isStaged"/> numbers go to and from the processor's memory as they do for a GPU.</summary>
    internal TorchDevice(TorchDeviceKind kind, int index, bool isStaged)
    {
        RequireValid(kind, index);
        RequirePresent(kind, index);
        _isOfProcessor = kind == TorchDeviceKind.Cpu && !isStaged;
        _device = kind == TorchDeviceKind.Cpu ? torch.CPU : torch.device(DeviceType.CUDA, index);
        if (kind == TorchDeviceKind.Cuda)
            torch.backends.cudnn.allow_tf32 = false;
    }

    internal static void RequireValid(TorchDeviceKind kind, int index)
    {
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind of a device is Cpu or Cuda.");
        if (index < 0 || (kind == TorchDeviceKind.Cpu && index > 0))
            throw new ArgumentOutOfRangeException(nameof(index), index, "The index of a GPU is at least 0, that of the processor is 0.");
    }

    internal static void RequirePresent(TorchDeviceKind kind, int index)
    {
        if (kind == TorchDeviceKind.Cpu)
            TorchLibrary.Require();
        else if (TorchLibrary.CountGpus() is var gpus && index >= gpus)
            throw new InvalidOperationException($"LibTorch finds {gpus} GPUs, and number {index} is asked for. Reference TorchSharp-cuda-windows or TorchSharp-cuda-linux and install NVIDIA's driver, or choose {nameof(TorchDeviceKind)}.{nameof(TorchDeviceKind.Cpu)}.");
    }

    private static TorchStorage StorageOf(in Matrix m) => (TorchStorage)m.Storage;

    private static TorchTensor View(in Matrix m) => ((TorchStorage)m.Storage).View(m);

    /// <inheritdoc/>
    public Storage Allocate(int length)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using DisposeScope scope = torch.NewDisposeScope();
        var storage = new TorchStorage(length, _device, _isOfProcessor);
        if (_storages.Count >= _storagesToLookThrough)
        {
            _storages.RemoveAll(reference => !reference.TryGetTarget(out _));
            _storagesToLookThrough = Math.Max(64, 2 * _storages.Count);
        }

        _storages.Add(new WeakReference<TorchStorage>(storage));
        return storage;
    }

    /// <summary>Gives the memory of all that was allocated back; networks on this device can be used no more.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (WeakReference<TorchStorage> reference in _storages)
        {
            if (reference.TryGetTarget(out TorchStorage? storage))
                storage.Dispose();
        }

        _storages.Clear();
    }

    private static bool IsSame(in Matrix a, in Matrix b) => a.Storage == b.Storage && a.Offset == b.Offset && a.Stride == b.Stride;

    private static void Write(in Matrix y, TorchTensor value, bool accumulate)
    {
        if (accumulate)
            View(y).Increase(value);
        else
            View(y).copy_(value);
    }

    // Numbers that operations are given are native objects to TorchSharp, which no scope disposes of.
    private static TorchTensor Scale(TorchTensor x, double factor)
    {
        if (factor == 1)
            return x;
        using Scalar scalar = factor;
        return x.mul_(scalar);
    }

    private static TorchTensor AtLeast(TorchTensor x, double least)
    {
        using Scalar scalar = least;
        return x.clamp_min_(scalar);
    }

    /// <inheritdoc/>
    public void Fill(in Matrix y, float value)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Scalar scalar = value;
        View(y).fill_(scalar);
    }

    /// <inheritdoc/>
    public void Add(in Matrix x, float scale, in Matrix y, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor result = View(y);
        if (accumulate)
        {
            using Scalar factor = scale;
            result.add_(View(x), factor);
            return;
        }

        if (!IsSame(x, y))
            result.copy_(View(x));
        Scale(result, scale);
    }

    /// <inheritdoc/>
    public void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (!accumulate && IsSame(a, y))
            View(y).mul_(View(b));
        else
            Write(y, View(a).mul(View(b)), accumulate);
    }

    /// <inheritdoc/>
    public void Clamp(in Matrix x, float low, float high)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Scalar least = low, most = high;
        View(x).clamp_(least, most);
    }

    /// <inheritdoc/>
    public double SumOfSquares(in Matrix x)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return View(x).Squared().sum(torch.float64).item<double>();
    }

    /// <inheritdoc/>
    public bool AllFinite(in Matrix x)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return View(x).isfinite().all().item<bool>();
    }
}
