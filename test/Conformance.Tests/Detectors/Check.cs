namespace Conformance.Tests;

/// <summary>One requirement that every detector must pass by itself.</summary>
/// <param name="Name">Its name; a card may list it among its skips, with a reason.</param>
/// <param name="Run">Throws where the subject fails.</param>
/// <param name="DefaultOnly">True for checks that speak of the default options.</param>
/// <param name="NetworksOnly">True for checks of what only a <see cref="Adversarial.Detectors.NetworkDetector"/> has: parameters, gradients, steps, checkpoints, restarts.</param>
/// <param name="IsSlow">True for checks that fit again and again: only a full run has them.</param>
public sealed record Check(string Name, Action<Subject> Run, bool DefaultOnly = false, bool NetworksOnly = false, bool IsSlow = false)
{
    /// <summary>Whether it says anything of the subject.</summary>
    public bool AppliesTo(Subject subject) => (subject.Variant == Subject.Default || !DefaultOnly) && (subject.TrainsNetworks || !NetworksOnly);

    /// <summary>All checks, in the order of their numbers.</summary>
    public static IReadOnlyList<Check> All { get; } =
    [
        .. LearningChecks.All, .. ScoringChecks.All, .. DeterminismChecks.All, .. DataChecks.All, .. LifecycleChecks.All, .. OptionChecks.All,
        .. ExplanationChecks.All, .. CalibrationChecks.All,
    ];
}
