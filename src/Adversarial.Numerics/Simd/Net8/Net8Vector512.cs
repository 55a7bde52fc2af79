using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <summary>What .NET 9 added to <see cref="Vector512"/> and the kernels use, for the build that runs on .NET 8: the same instructions, so the same bits.</summary>
internal static class Net8Vector512
{
    extension(Vector512)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> FusedMultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(x, y, z)
            : Vector512.Create(
                Vector256.FusedMultiplyAdd(x.GetLower(), y.GetLower(), z.GetLower()),
                Vector256.FusedMultiplyAdd(x.GetUpper(), y.GetUpper(), z.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> MinNative(Vector512<float> x, Vector512<float> y) => Avx512F.IsSupported
            ? Avx512F.Min(x, y)
            : Vector512.Create(Vector256.MinNative(x.GetLower(), y.GetLower()), Vector256.MinNative(x.GetUpper(), y.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> MaxNative(Vector512<float> x, Vector512<float> y) => Avx512F.IsSupported
            ? Avx512F.Max(x, y)
            : Vector512.Create(Vector256.MaxNative(x.GetLower(), y.GetLower()), Vector256.MaxNative(x.GetUpper(), y.GetUpper()));

        // The control byte 0 asks for whole numbers, the nearest, the even one of two.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Round(Vector512<float> x) => Avx512F.IsSupported
            ? Avx512F.RoundScale(x, 0)
            : Vector512.Create(Vector256.Round(x.GetLower()), Vector256.Round(x.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<int> ConvertToInt32Native(Vector512<float> x) => Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32WithTruncation(x)
            : Vector512.Create(Vector256.ConvertToInt32Native(x.GetLower()), Vector256.ConvertToInt32Native(x.GetUpper()));
    }
}
