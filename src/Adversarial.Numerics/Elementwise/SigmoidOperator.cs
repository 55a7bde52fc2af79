using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>1 / (1 + exp(-x)).</summary>
internal readonly struct SigmoidOperator : IOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TSimd, TVector>(TVector x, TVector y, TVector result, TVector mask)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => VectorMath<TSimd, TVector>.Sigmoid(x);
}
