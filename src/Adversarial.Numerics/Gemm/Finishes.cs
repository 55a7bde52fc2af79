namespace Adversarial.Numerics;

/// <summary>What is done to a tile in registers before it is stored; known when the kernel is compiled.</summary>
internal interface IFinish
{
    static virtual bool Bias => false;

    /// <summary>Whether negative values become 0.</summary>
    static virtual bool Relu => false;

    /// <summary>Whether negative values are multiplied with the slope, which lies from 0 to 1.</summary>
    static virtual bool Leaky => false;

    /// <summary>Whether the sign is that of the activated values: the way back.</summary>
    static virtual bool Back => false;
}

internal readonly struct PlainFinish : IFinish;

internal readonly struct BiasFinish : IFinish
{
    public static bool Bias => true;
}

internal readonly struct ReluFinish : IFinish
{
    public static bool Bias => true;

    public static bool Relu => true;
}

internal readonly struct LeakyFinish : IFinish
{
    public static bool Bias => true;

    public static bool Leaky => true;
}

internal readonly struct ReluBackFinish : IFinish
{
    public static bool Relu => true;

    public static bool Back => true;
}

internal readonly struct LeakyBackFinish : IFinish
{
    public static bool Leaky => true;

    public static bool Back => true;
}

/// <summary>The finishes by name, for the driver to choose from.</summary>
internal enum Finish
{
    Plain,
    Bias,
    Relu,
    Leaky,
    ReluBack,
    LeakyBack,
}
