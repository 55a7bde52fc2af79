using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <summary>Eight blocks of the generator at once: one group of 32 words.</summary>
internal static unsafe class PhiloxVector
{
    /// <summary>Writes group <paramref name="group"/> of the stream (<paramref name="key"/>, <paramref name="step"/>).</summary>
    public static void Group(ulong key, ulong step, long group, uint* words)
    {
        ulong block = (ulong)group * 8;
        if (Avx2.IsSupported && Kernels.Active >= InstructionSet.Vector256)
        {
            Eight(key, step, block, words);
            return;
        }

        if ((Sse2.IsSupported || AdvSimd.IsSupported) && Kernels.Active >= InstructionSet.Vector128)
        {
            Four(key, step, block, words);
            Four(key, step, block + 4, words + 4);
            return;
        }

        for (int i = 0; i < 8; i++)
            (words[i], words[i + 8], words[i + 16], words[i + 24]) = Philox.Block(block + (ulong)i, step, key);
    }

    /// <summary>Writes group <paramref name="group"/> and the next one: 64 words.</summary>
    public static void TwoGroups(ulong key, ulong step, long group, uint* words)
    {
        if (Avx2.IsSupported && Kernels.Active >= InstructionSet.Vector256)
        {
            Sixteen(key, step, (ulong)group * 8, words);
            return;
        }

        Group(key, step, group, words);
        Group(key, step, group + 1, words + Philox.GroupLength);
    }

    // A group's rounds are one chain that leaves the processor idle: two groups in turn take little longer than one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixteen(ulong key, ulong step, ulong block, uint* words)
    {
        Vector256<uint> x0 = Vector256.Create((uint)block) + Vector256<uint>.Indices, x1 = Vector256.Create((uint)(block >> 32));
        Vector256<uint> x2 = Vector256.Create((uint)step), x3 = Vector256.Create((uint)(step >> 32));
        Vector256<uint> y0 = Vector256.Create((uint)(block + 8)) + Vector256<uint>.Indices, y1 = Vector256.Create((uint)(block + 8 >> 32)), y2 = x2, y3 = x3;
        Vector256<uint> m0 = Vector256.Create(Philox.Multiplier0), m1 = Vector256.Create(Philox.Multiplier1);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector256<uint> key0 = Vector256.Create(k0), key1 = Vector256.Create(k1);
            Round(ref x0, ref x1, ref x2, ref x3, m0, m1, key0, key1);
            Round(ref y0, ref y1, ref y2, ref y3, m0, m1, key0, key1);
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }

        x0.Store(words);
        x1.Store(words + 8);
        x2.Store(words + 16);
        x3.Store(words + 24);
        y0.Store(words + 32);
        y1.Store(words + 40);
        y2.Store(words + 48);
        y3.Store(words + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector256<uint> x0, ref Vector256<uint> x1, ref Vector256<uint> x2, ref Vector256<uint> x3,
        Vector256<uint> m0, Vector256<uint> m1, Vector256<uint> key0, Vector256<uint> key1)
    {
        (Vector256<uint> low0, Vector256<uint> high0) = Multiply(x0, m0);
        (Vector256<uint> low1, Vector256<uint> high1) = Multiply(x2, m1);
        x0 = high1 ^ x1 ^ key0;
        x2 = high0 ^ x3 ^ key1;
        x1 = low1;
        x3 = low0;
    }

    private static void Eight(ulong key, ulong step, ulong block, uint* words)
    {
        Vector256<uint> x0 = Vector256.Create((uint)block) + Vector256<uint>.Indices, x1 = Vector256.Create((uint)(block >> 32));
        Vector256<uint> x2 = Vector256.Create((uint)step), x3 = Vector256.Create((uint)(step >> 32));
        Vector256<uint> m0 = Vector256.Create(Philox.Multiplier0), m1 = Vector256.Create(Philox.Multiplier1);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Round(ref x0, ref x1, ref x2, ref x3, m0, m1, Vector256.Create(k0), Vector256.Create(k1));
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }

        x0.Store(words);
        x1.Store(words + 8);
        x2.Store(words + 16);
        x3.Store(words + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> Low, Vector256<uint> High) Multiply(Vector256<uint> x, Vector256<uint> y)
    {
        Vector256<ulong> even = Avx2.Multiply(x, y), odd = Avx2.Multiply((x.AsUInt64() >> 32).AsUInt32(), y);
        return (
            Avx2.Blend(even.AsUInt32(), (odd << 32).AsUInt32(), 0xAA),
            Avx2.Blend((even >> 32).AsUInt32(), odd.AsUInt32(), 0xAA));
    }

    private static void Four(ulong key, ulong step, ulong block, uint* words)
    {
        Vector128<uint> x0 = Vector128.Create((uint)block) + Vector128<uint>.Indices, x1 = Vector128.Create((uint)(block >> 32));
        Vector128<uint> x2 = Vector128.Create((uint)step), x3 = Vector128.Create((uint)(step >> 32));
        Vector128<uint> m0 = Vector128.Create(Philox.Multiplier0), m1 = Vector128.Create(Philox.Multiplier1);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            (Vector128<uint> low0, Vector128<uint> high0) = Multiply(x0, m0);
            (Vector128<uint> low1, Vector128<uint> high1) = Multiply(x2, m1);
            x0 = high1 ^ x1 ^ Vector128.Create(k0);
            x2 = high0 ^ x3 ^ Vector128.Create(k1);
            x1 = low1;
            x3 = low0;
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }

        x0.Store(words);
        x1.Store(words + 8);
        x2.Store(words + 16);
        x3.Store(words + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<uint> Low, Vector128<uint> High) Multiply(Vector128<uint> x, Vector128<uint> y)
    {
        if (Sse2.IsSupported)
        {
            Vector128<ulong> even = Sse2.Multiply(x, y), odd = Sse2.Multiply((x.AsUInt64() >> 32).AsUInt32(), y);
            Vector128<uint> low = Vector128.Create(0xFFFFFFFFul).AsUInt32();
            return (
                Vector128.ConditionalSelect(low, even.AsUInt32(), (odd << 32).AsUInt32()),
                Vector128.ConditionalSelect(low, (even >> 32).AsUInt32(), odd.AsUInt32()));
        }

        Vector128<ulong> first = AdvSimd.MultiplyWideningLower(x.GetLower(), y.GetLower());
        Vector128<ulong> second = AdvSimd.MultiplyWideningUpper(x, y);
        return (Vector128.Narrow(first, second), Vector128.Narrow(first >> 32, second >> 32));
    }
}
