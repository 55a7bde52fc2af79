using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <summary>Numbers that belong to a network's state and are computed, not trained: a checkpoint keeps them.</summary>
public sealed class KeptNumbers : Layer
{
    private readonly int _count;

    /// <summary>Adds numbers to a network that is not yet complete.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    /// <exception cref="InvalidOperationException">The network is complete.</exception>
    public KeptNumbers(ParameterSet parameters, int count)
        : base(parameters, 0, Checked(count)) => _count = count;

    private static int Checked(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count;
    }

    /// <summary>The numbers, [1, count].</summary>
    public Matrix Values => Buffer(0, _count);

    /// <summary>Sets all to 0; nothing is drawn.</summary>
    public override void Initialize(RandomStream stream) => Parameters.Device.Fill(Values, 0);
}
