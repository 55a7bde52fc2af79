using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>One window whose gradient goes to the first of its largest pixels.</summary>
internal unsafe struct PoolingWindow
{
    public float* X;
    public nint XRow;
    public nint XLine;
    public float* Dx;
    public nint DxRow;
    public nint DxLine;
    public int Height;
    public int Width;

    /// <summary>Some channels, at most a vector of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Return<TSimd, TVector>(int channel, float* dy, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        bool whole = count == TSimd.Count;
        float* line = X + channel, to = Dx + channel;
        TVector most = whole ? TSimd.Load(line) : TSimd.LoadPartial(line, count), left = whole ? TSimd.Load(dy) : TSimd.LoadPartial(dy, count);
        for (int i = 0; i < Height; i++)
        {
            for (int j = 0; j < Width; j++)
            {
                float* at = line + i * XLine + j * XRow;
                TVector value = whole ? TSimd.Load(at) : TSimd.LoadPartial(at, count);
                most = TSimd.Select(TSimd.Less(most, value), value, most);
            }
        }

        // What has been given is not left for the next pixel of the same value.
        for (int i = 0; i < Height; i++)
        {
            for (int j = 0; j < Width; j++)
            {
                float* at = line + i * XLine + j * XRow, target = to + i * DxLine + j * DxRow;
                TVector value = whole ? TSimd.Load(at) : TSimd.LoadPartial(at, count);
                TVector largest = TSimd.LessOrEqual(most, value);
                TVector sum = TSimd.Add(whole ? TSimd.Load(target) : TSimd.LoadPartial(target, count), TSimd.And(largest, left));
                left = TSimd.AndNot(left, largest);
                if (whole)
                    TSimd.Store(sum, target);
                else
                    TSimd.StorePartial(sum, target, count);
            }
        }
    }
}
