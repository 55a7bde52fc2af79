namespace Adversarial.Numerics;

/// <summary>How a tile's elements of A lie, as a type; marked like <see cref="IRows"/>.</summary>
internal interface ILayout;

/// <summary>The steps of a row lie side by side, the rows a stride apart: the forward's and the input gradient's.</summary>
internal interface IRowLayout : ILayout;

/// <summary>The rows of a step lie side by side, the steps a stride apart: the weight gradient's.</summary>
internal interface IStepLayout : ILayout;

/// <summary>Copied tile by tile: the rows of a step lie side by side, and the next step behind them.</summary>
internal interface IPackedLayout : ILayout;

internal readonly struct RowLayout : IRowLayout;

internal readonly struct StepLayout : IStepLayout;

internal readonly struct PackedLayout : IPackedLayout;
