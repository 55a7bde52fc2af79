namespace Adversarial.Numerics;

/// <summary>Whether a panel's last vector lies wholly in C, as a type; marked like <see cref="IRows"/>.</summary>
internal interface IEdge;

/// <summary>C has fewer columns than the panel's vectors.</summary>
internal interface IRaggedEdge : IEdge;

internal readonly struct WholeEdge : IEdge;

internal readonly struct RaggedEdge : IRaggedEdge;
