using System.Runtime.InteropServices;

namespace Adversarial.Numerics;

/// <summary>
/// Memory for packed panels: outside the managed heap, aligned to cache lines, and kept from call to call, so that the steady state
/// allocates nothing.
/// </summary>
internal sealed unsafe class PackBuffer
{
    private const nuint Alignment = 64;
    private const nuint Smallest = 64 * 1024;

    [ThreadStatic]
    private static PackBuffer? _own;

    [ThreadStatic]
    private static PackBuffer? _shared;

    [ThreadStatic]
    private static PackBuffer? _patches;

    [ThreadStatic]
    private static PackBuffer? _sums;

    [ThreadStatic]
    private static PackBuffer? _turned;

    private float* _memory;
    private nuint _length;

    ~PackBuffer() => NativeMemory.AlignedFree(_memory);

    /// <summary>The calling thread's buffer, at least so many floats long; its content is arbitrary.</summary>
    public static float* Get(nuint length)
    {
        // Twice what is asked for: layers of rising size would else each allocate anew.
        PackBuffer buffer = _own ??= new PackBuffer();
        return buffer._length >= length ? buffer._memory : buffer.Reserve(nuint.Max(2 * length, Smallest));
    }

    /// <summary>Another one, for a convolution's patches while their product uses the first.</summary>
    public static float* GetPatches(nuint length) => Get(ref _patches, length);

    /// <summary>Another one, for sums of parts.</summary>
    public static float* GetSums(nuint length) => Get(ref _sums, length);

    /// <summary>Another one, for the scratch of a convolution's weight gradient.</summary>
    public static float* GetTurned(nuint length) => Get(ref _turned, length);

    private static float* Get(ref PackBuffer? buffer, nuint length)
    {
        buffer ??= new PackBuffer();
        return buffer._length >= length ? buffer._memory : buffer.Reserve(2 * length);
    }

    /// <summary>Another buffer of the calling thread, for what the whole gang reads while each of its threads uses its own.</summary>
    public static float* GetShared(nuint length) => Get(ref _shared, length);

    /// <summary>The memory, at least so many floats long.</summary>
    public float* Reserve(nuint length)
    {
        if (_length >= length)
            return _memory;
        float* memory = (float*)NativeMemory.AlignedAlloc(length * sizeof(float), Alignment);
        NativeMemory.AlignedFree(_memory);
        _memory = memory;
        _length = length;
        return memory;
    }
}
