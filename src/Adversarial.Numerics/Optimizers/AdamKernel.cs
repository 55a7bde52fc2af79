using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>The update of Adam (Kingma and Ba 2015) in one pass.</summary>
public static unsafe class AdamKernel
{
    /// <summary>
    /// m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, w -= learningRate * mHat / (sqrt(vHat) + epsilon), with
    /// mHat = m / (1 - beta1^step) and vHat = v / (1 - beta2^step): the form of PyTorch.
    /// </summary>
    /// <param name="weights">The weights w.</param>
    /// <param name="gradients">Their gradients, of the same length.</param>
    /// <param name="m">The first moments, of the same length.</param>
    /// <param name="v">The second moments, of the same length.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">The decay of the first moments, in [0, 1).</param>
    /// <param name="beta2">The decay of the second moments, in [0, 1).</param>
    /// <param name="epsilon">The term that keeps the denominator from 0, positive.</param>
    /// <param name="step">The number of this update, from 1.</param>
    /// <param name="gradientScale">The factor that gradients are multiplied with first (clipping by global norm); else 1.</param>
    /// <param name="gang">The threads to use.</param>
    /// <exception cref="ArgumentException">Lengths differ or a number is out of range.</exception>
    public static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> m, Span<float> v, float learningRate, float beta1, float beta2,
        float epsilon, long step, float gradientScale, WorkerGang gang)
    {
        ArgumentNullException.ThrowIfNull(gang);
        Guard.Same(gradients.Length, weights.Length, nameof(gradients));
        Guard.Same(m.Length, weights.Length, nameof(m));
        Guard.Same(v.Length, weights.Length, nameof(v));
        Guard.Same(beta1 is >= 0 and < 1 && beta2 is >= 0 and < 1, "A beta lies outside [0, 1).");
        Guard.Same(step >= 1, "Steps are counted from 1.");
        AdamFactors factors = AdamFactors.Of(learningRate, beta1, beta2, epsilon, step, gradientScale);
        if (Kernels.Active == InstructionSet.Reference)
        {
            AdamReference.Update(weights, gradients, m, v, factors);
            return;
        }

        fixed (float* pw = weights, pg = gradients, pm = m, pv = v)
        {
            Job job = new() { Weights = pw, Gradients = pg, M = pm, V = pv, Length = weights.Length, Factors = factors };
            int parts = gang.Threads == 1 ? 1 : Math.Min(weights.Length / WeightsOfPart, gang.Threads);
            job.Parts = Math.Max(parts, 1);
            gang.Run(ref job, job.Parts);
        }
    }

    // Fewer weights are done before another thread has heard of them.
    private const int WeightsOfPart = 16 * 1024;

    private struct Job : IParallelJob
    {
        public float* Weights;
        public float* Gradients;
        public float* M;
        public float* V;
        public int Length;
        public int Parts;
        public AdamFactors Factors;

        public readonly void Run(int part)
        {
            int first = (int)((long)Length * part / Parts), end = (int)((long)Length * (part + 1) / Parts);
            switch (Kernels.Active)
            {
                case InstructionSet.Vector512:
                    Step<Simd512, Vector512<float>>(first, end);
                    break;
                case InstructionSet.Vector256:
                    Step<Simd256, Vector256<float>>(first, end);
                    break;
                default:
                    Step<Simd128, Vector128<float>>(first, end);
                    break;
            }
        }

        private readonly void Step<TSimd, TVector>(int first, int end)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged =>
            AdamVector<TSimd, TVector>.Update(Weights + first, Gradients + first, M + first, V + first, end - first, in Factors);
    }
}
