using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Chooses the code path of all kernels of this process.</summary>
public static class Kernels
{
    private static volatile InstructionSet _active = Best;

    /// <summary>The widest path that the processor accelerates.</summary>
    public static InstructionSet Best =>
        Vector512.IsHardwareAccelerated ? InstructionSet.Vector512
        : Vector256.IsHardwareAccelerated ? InstructionSet.Vector256
        : Vector128.IsHardwareAccelerated ? InstructionSet.Vector128
        : InstructionSet.Reference;

    /// <summary>The path in use; <see cref="Best"/> unless <see cref="Force"/> says otherwise.</summary>
    public static InstructionSet Active => _active;

    /// <summary>
    /// Forces a path for the whole process until the returned object is disposed. For tests and benchmarks. A path that the
    /// processor does not accelerate is emulated by the runtime: right, but slow.
    /// </summary>
    /// <param name="set">The path to use.</param>
    /// <returns>An object that restores the former path when disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="set"/> is no known path.</exception>
    public static IDisposable Force(InstructionSet set)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)set, (uint)InstructionSet.Vector512, nameof(set));
        Restore restore = new(_active);
        _active = set;
        return restore;
    }

    private sealed class Restore(InstructionSet former) : IDisposable
    {
        public void Dispose() => _active = former;
    }
}
