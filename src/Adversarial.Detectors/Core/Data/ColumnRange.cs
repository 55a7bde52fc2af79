namespace Adversarial.Detectors;

/// <summary>Neighbouring features that belong together, for example the one-hot columns of one category.</summary>
/// <param name="Start">Index of the first one, from 0.</param>
/// <param name="Length">Number of them, at least 2.</param>
public readonly record struct ColumnRange(int Start, int Length);
