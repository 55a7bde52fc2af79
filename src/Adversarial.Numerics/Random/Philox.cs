using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>
/// The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// Seed and purpose make the key, the step and the block's number the counter, so streams of one key never overlap.
/// </summary>
internal static class Philox
{
    public const uint Multiplier0 = 0xD2511F53;
    public const uint Multiplier1 = 0xCD9E8D57;
    public const uint Weyl0 = 0x9E3779B9;
    public const uint Weyl1 = 0xBB67AE85;
    public const int Rounds = 10;

    /// <summary>Values of one group: eight blocks of four words, word by word, so that vectors of blocks need no transposition.</summary>
    public const int GroupLength = 32;

    public static ulong Key(RandomStream stream) => Mix(Mix(stream.Seed + 0x9E3779B97F4A7C15) ^ stream.Purpose);

    public static uint Word(RandomStream stream, long index)
    {
        ulong block = (ulong)(index >> 5 << 3 | index & 7);
        (uint x0, uint x1, uint x2, uint x3) = Block(block, stream.Step, Key(stream));
        return (index >> 3 & 3) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
    }

    public static (uint X0, uint X1, uint X2, uint X3) Block(ulong low, ulong high, ulong key)
    {
        uint x0 = (uint)low, x1 = (uint)(low >> 32), x2 = (uint)high, x3 = (uint)(high >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * x0, p1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(p1 >> 32) ^ x1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ x3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (x0, x1, x2, x3);
    }

    // The finaliser of SplitMix64: a bijection, so that no two purposes of one seed share a key.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
