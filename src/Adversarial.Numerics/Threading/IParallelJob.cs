namespace Adversarial.Numerics;

/// <summary>Work that falls into parts that may run at the same time. A struct, so that running it allocates nothing.</summary>
public interface IParallelJob
{
    /// <summary>Runs one part; the parts run in any order, on any thread of the gang.</summary>
    /// <param name="part">The part, from 0.</param>
    void Run(int part);
}
