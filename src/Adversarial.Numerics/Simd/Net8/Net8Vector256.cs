using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <summary>What .NET 9 added to <see cref="Vector256"/> and the kernels use, for the build that runs on .NET 8: the same instructions, so the same bits.</summary>
internal static class Net8Vector256
{
    extension(Vector256)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> FusedMultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Fma.IsSupported
            ? Fma.MultiplyAdd(x, y, z)
            : Vector256.Create(
                Vector128.FusedMultiplyAdd(x.GetLower(), y.GetLower(), z.GetLower()),
                Vector128.FusedMultiplyAdd(x.GetUpper(), y.GetUpper(), z.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> FusedMultiplyAdd(Vector256<double> x, Vector256<double> y, Vector256<double> z) => Fma.IsSupported
            ? Fma.MultiplyAdd(x, y, z)
            : Vector256.Create(
                Vector128.FusedMultiplyAdd(x.GetLower(), y.GetLower(), z.GetLower()),
                Vector128.FusedMultiplyAdd(x.GetUpper(), y.GetUpper(), z.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> MinNative<T>(Vector256<T> x, Vector256<T> y)
        {
            if (Avx.IsSupported && typeof(T) == typeof(float))
                return Avx.Min(x.AsSingle(), y.AsSingle()).As<float, T>();
            if (Avx.IsSupported && typeof(T) == typeof(double))
                return Avx.Min(x.AsDouble(), y.AsDouble()).As<double, T>();
            return Vector256.Create(Vector128.MinNative(x.GetLower(), y.GetLower()), Vector128.MinNative(x.GetUpper(), y.GetUpper()));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> MaxNative<T>(Vector256<T> x, Vector256<T> y)
        {
            if (Avx.IsSupported && typeof(T) == typeof(float))
                return Avx.Max(x.AsSingle(), y.AsSingle()).As<float, T>();
            if (Avx.IsSupported && typeof(T) == typeof(double))
                return Avx.Max(x.AsDouble(), y.AsDouble()).As<double, T>();
            return Vector256.Create(Vector128.MaxNative(x.GetLower(), y.GetLower()), Vector128.MaxNative(x.GetUpper(), y.GetUpper()));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Round(Vector256<float> x) => Avx.IsSupported
            ? Avx.RoundToNearestInteger(x)
            : Vector256.Create(Vector128.Round(x.GetLower()), Vector128.Round(x.GetUpper()));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> ConvertToInt32Native(Vector256<float> x) => Avx.IsSupported
            ? Avx.ConvertToVector256Int32WithTruncation(x)
            : Vector256.Create(Vector128.ConvertToInt32Native(x.GetLower()), Vector128.ConvertToInt32Native(x.GetUpper()));
    }

    extension<T>(Vector256<T>)
    {
        /// <summary>0, 1, 2 and so on; of whole numbers of 32 bits.</summary>
        public static Vector256<T> Indices
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7).As<int, T>();
        }
    }
}
