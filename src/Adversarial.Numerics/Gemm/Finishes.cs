namespace Adversarial.Numerics;

/// <summary>What is done to a tile in registers before it is stored, as a type; marked like <see cref="IRows"/>.</summary>
internal interface IFinish;

/// <summary>A bias is added.</summary>
internal interface IBiasFinish : IFinish;

/// <summary>A factor is multiplied before the bias is added, in one operation.</summary>
internal interface IScaledFinish : IBiasFinish;

/// <summary>Negative values become 0.</summary>
internal interface IReluFinish : IFinish;

/// <summary>Negative values are multiplied with the slope; on the way forth it lies from 0 to 1.</summary>
internal interface ILeakyFinish : IFinish;

/// <summary>The sign that decides is that of the activated values: the way back.</summary>
internal interface IBackFinish : IFinish;

internal readonly struct PlainFinish : IFinish;

internal readonly struct BiasFinish : IBiasFinish;

internal readonly struct ReluFinish : IBiasFinish, IReluFinish;

internal readonly struct LeakyFinish : IBiasFinish, ILeakyFinish;

internal readonly struct ScaledFinish : IScaledFinish;

internal readonly struct ScaledReluFinish : IScaledFinish, IReluFinish;

internal readonly struct ScaledLeakyFinish : IScaledFinish, ILeakyFinish;

internal readonly struct ReluBackFinish : IReluFinish, IBackFinish;

internal readonly struct LeakyBackFinish : ILeakyFinish, IBackFinish;

/// <summary>The finishes by name, for the driver to choose from.</summary>
internal enum Finish
{
    Plain,
    Bias,
    Relu,
    Leaky,
    Scaled,
    ScaledRelu,
    ScaledLeaky,
    ReluBack,
    LeakyBack,
}
