using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Adversarial.Numerics;

/// <summary>What .NET 9 added to <see cref="Vector128"/> and the kernels use, for the build that runs on .NET 8: the same instructions, so the same bits.</summary>
internal static class Net8Vector128
{
    extension(Vector128)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> FusedMultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z)
        {
            if (Fma.IsSupported)
                return Fma.MultiplyAdd(x, y, z);
            if (AdvSimd.IsSupported)
                return AdvSimd.FusedMultiplyAdd(z, x, y);
            return Vector128.Create(
                float.FusedMultiplyAdd(x[0], y[0], z[0]), float.FusedMultiplyAdd(x[1], y[1], z[1]),
                float.FusedMultiplyAdd(x[2], y[2], z[2]), float.FusedMultiplyAdd(x[3], y[3], z[3]));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<double> FusedMultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z)
        {
            if (Fma.IsSupported)
                return Fma.MultiplyAdd(x, y, z);
            if (AdvSimd.Arm64.IsSupported)
                return AdvSimd.Arm64.FusedMultiplyAdd(z, x, y);
            return Vector128.Create(double.FusedMultiplyAdd(x[0], y[0], z[0]), double.FusedMultiplyAdd(x[1], y[1], z[1]));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<T> MinNative<T>(Vector128<T> x, Vector128<T> y)
        {
            if (AdvSimd.IsSupported && typeof(T) == typeof(float))
                return AdvSimd.Min(x.AsSingle(), y.AsSingle()).As<float, T>();
            if (Sse.IsSupported && typeof(T) == typeof(float))
                return Sse.Min(x.AsSingle(), y.AsSingle()).As<float, T>();
            return Vector128.ConditionalSelect(Vector128.LessThan(x, y), x, y);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<T> MaxNative<T>(Vector128<T> x, Vector128<T> y)
        {
            if (AdvSimd.IsSupported && typeof(T) == typeof(float))
                return AdvSimd.Max(x.AsSingle(), y.AsSingle()).As<float, T>();
            if (Sse.IsSupported && typeof(T) == typeof(float))
                return Sse.Max(x.AsSingle(), y.AsSingle()).As<float, T>();
            return Vector128.ConditionalSelect(Vector128.GreaterThan(x, y), x, y);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> Round(Vector128<float> x)
        {
            if (Sse41.IsSupported)
                return Sse41.RoundToNearestInteger(x);
            if (AdvSimd.IsSupported)
                return AdvSimd.RoundToNearest(x);
            return Vector128.Create(MathF.Round(x[0]), MathF.Round(x[1]), MathF.Round(x[2]), MathF.Round(x[3]));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> ConvertToInt32Native(Vector128<float> x)
        {
            if (Sse2.IsSupported)
                return Sse2.ConvertToVector128Int32WithTruncation(x);
            return Vector128.ConvertToInt32(x);
        }
    }

    extension<T>(Vector128<T>)
    {
        /// <summary>0, 1, 2 and so on; of whole numbers of 32 bits.</summary>
        public static Vector128<T> Indices
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector128.Create(0, 1, 2, 3).As<int, T>();
        }
    }
}
