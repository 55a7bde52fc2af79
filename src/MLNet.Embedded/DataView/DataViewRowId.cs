using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit name of a row: derived names are hashes, so that distinct derivations practically never meet.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    public readonly ulong Low;

    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public DataViewRowId Fork() => Mix(Low ^ 0x9E3779B97F4A7C15UL, High + 0xD1B54A32D192ED03UL);

    public DataViewRowId Next() => Mix(Low + 0x2545F4914F6CDD1DUL, High ^ 0xC2B2AE3D27D4EB4FUL);

    public DataViewRowId Combine(DataViewRowId other)
    {
        DataViewRowId mixed = Mix(Low, High);
        return Mix(mixed.Low ^ other.Low, mixed.High + other.High);
    }

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public int CompareTo(DataViewRowId other)
    {
        int high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    public override string ToString() => FormattableString.Invariant($"{High:x16}{Low:x16}");

    private static DataViewRowId Mix(ulong low, ulong high)
    {
        // Each half is a full-avalanche bijection fed by the other half, so the whole stays a bijection of 128 bits.
        low += Avalanche(high);
        high ^= Avalanche(BitOperations.RotateLeft(low, 29));
        low += Avalanche(high ^ 0x94D049BB133111EBUL);
        return new DataViewRowId(low, high);
    }

    private static ulong Avalanche(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
