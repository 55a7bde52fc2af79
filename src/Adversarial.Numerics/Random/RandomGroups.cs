using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>What becomes of a group of random words.</summary>
internal unsafe interface IRandomTransform
{
    /// <summary>Turns 32 words into 32 values.</summary>
    void Invoke<TSimd, TVector>(uint* words, float* values)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}

/// <summary>
/// Fills spans group by group. Groups are always made whole and in the same lanes, wherever a span begins and ends in them, so that
/// a value depends on its index alone.
/// </summary>
internal static unsafe class RandomGroups
{
    public static void Words(RandomStream stream, long group, Span<uint> words)
    {
        fixed (uint* target = words)
            PhiloxVector.Group(Philox.Key(stream), stream.Step, group, target);
    }

    [SkipLocalsInit]
    public static void Fill<TTransform>(RandomStream stream, long firstIndex, Span<float> y, TTransform transform)
        where TTransform : struct, IRandomTransform
    {
        ulong key = Philox.Key(stream);
        uint* words = stackalloc uint[Philox.GroupLength];
        float* values = stackalloc float[Philox.GroupLength];
        long group = firstIndex / Philox.GroupLength;
        int skip = (int)(firstIndex % Philox.GroupLength);
        fixed (float* target = y)
        {
            for (nint done = 0; done < y.Length; group++)
            {
                PhiloxVector.Group(key, stream.Step, group, words);
                int count = (int)nint.Min(Philox.GroupLength - skip, y.Length - done);
                if (count == Philox.GroupLength)
                {
                    Transform(words, target + done, transform);
                }
                else
                {
                    Transform(words, values, transform);
                    Unsafe.CopyBlockUnaligned(target + done, values + skip, (uint)count * sizeof(float));
                }

                done += count;
                skip = 0;
            }
        }
    }

    // A word fills eight lanes, so the widest vectors have no use here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform<TTransform>(uint* words, float* values, TTransform transform)
        where TTransform : struct, IRandomTransform
    {
        if (Kernels.Active >= InstructionSet.Vector256)
            transform.Invoke<Simd256, Vector256<float>>(words, values);
        else
            transform.Invoke<Simd128, Vector128<float>>(words, values);
    }
}

internal readonly unsafe struct UniformTransform(float low, float high) : IRandomTransform
{
    private readonly float _last = MathF.BitDecrement(high);

    public void Invoke<TSimd, TVector>(uint* words, float* values)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector from = TSimd.Create(low), range = TSimd.Create(high - low), last = TSimd.Create(_last);
        for (int i = 0; i < Philox.GroupLength; i += TSimd.Count)
            TSimd.Store(TSimd.Min(last, TSimd.FusedMultiplyAdd(TSimd.Fraction(words + i), range, from)), values + i);
    }
}

/// <summary>Box and Muller: a word and its neighbour eight places on make a radius and an angle, and so two values.</summary>
internal readonly unsafe struct NormalTransform(float mean, float deviation) : IRandomTransform
{
    public void Invoke<TSimd, TVector>(uint* words, float* values)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        TVector center = TSimd.Create(mean), spread = TSimd.Create(deviation), step = TSimd.Create(RandomReference.Unit);
        for (int pair = 0; pair < Philox.GroupLength; pair += 16)
        {
            for (int i = pair; i < pair + 8; i += TSimd.Count)
            {
                TVector log = VectorMath<TSimd, TVector>.Log(TSimd.Add(TSimd.Fraction(words + i), step));
                TVector radius = TSimd.Sqrt(TSimd.Multiply(log, TSimd.Create(-2f)));
                (TVector sin, TVector cos) = VectorMath<TSimd, TVector>.SinCosOfTurn(TSimd.Fraction(words + i + 8));
                TSimd.Store(TSimd.FusedMultiplyAdd(TSimd.Multiply(radius, cos), spread, center), values + i);
                TSimd.Store(TSimd.FusedMultiplyAdd(TSimd.Multiply(radius, sin), spread, center), values + i + 8);
            }
        }
    }
}
