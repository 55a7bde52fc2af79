namespace Adversarial.Detectors;

/// <summary>How each feature is scaled before a method sees it. All are strictly monotone, learned from the training rows and kept with the model.</summary>
public enum InputScaling
{
    /// <summary>
    /// (x - mean) / standard deviation, and beyond five deviations their logarithm: the default of all methods; docs/tables tells
    /// what else was tried.
    /// </summary>
    Standard,

    /// <summary>(x - median) / width of the middle nine tenths in deviations of a normal distribution, with the same tails.</summary>
    Robust,

    /// <summary>
    /// To [0, 1]. A feature that lies in [0, 1] and fills at least half of it stays as it is. New rows may leave the range. The papers' choice.
    /// </summary>
    MinMax,

    /// <summary>Features are taken as they are; methods then take them to lie in [0, 1].</summary>
    None,
}
