using System.Runtime.InteropServices;

namespace Adversarial.Numerics;

/// <summary>
/// A thread's memory for packed panels: outside the managed heap, aligned to cache lines, and kept from call to call, so that the
/// steady state allocates nothing.
/// </summary>
internal sealed unsafe class PackBuffer
{
    private const nuint Alignment = 64;

    [ThreadStatic]
    private static PackBuffer? _buffer;

    private float* _memory;
    private nuint _length;

    ~PackBuffer() => NativeMemory.AlignedFree(_memory);

    /// <summary>The calling thread's buffer, at least so many floats long; its content is arbitrary.</summary>
    public static float* Get(nuint length)
    {
        PackBuffer buffer = _buffer ??= new PackBuffer();
        return buffer._length >= length ? buffer._memory : buffer.Grow(length);
    }

    private float* Grow(nuint length)
    {
        // Twice what is asked for: layers of rising size would else each allocate anew.
        nuint wanted = nuint.Max(2 * length, 64 * 1024);
        float* memory = (float*)NativeMemory.AlignedAlloc(wanted * sizeof(float), Alignment);
        NativeMemory.AlignedFree(_memory);
        _memory = memory;
        _length = wanted;
        return memory;
    }
}
