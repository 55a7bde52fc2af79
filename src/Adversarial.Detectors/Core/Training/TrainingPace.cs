using System.Reflection;

namespace Adversarial.Detectors;

/// <summary>
/// How fast the steps of each kind of phase are, to tell how long a fit will take. Phases of one kind, such as the alarms of an ensemble's
/// members, share a pace; a kind that has not begun is taken to be as fast as the one that goes on.
/// </summary>
/// <param name="phases">The phases with their numbers of steps.</param>
internal sealed class TrainingPace(IReadOnlyList<(TrainingPhase Phase, long Steps)> phases)
{
    // What the first steps take says little: the compiler is at work on them.
    private const int LeastSteps = 10;

    private readonly Dictionary<MethodInfo, (TimeSpan Time, long Steps)> _paces = [];

    /// <summary>Notes steps of a phase.</summary>
    public void Add(TrainingPhase phase, TimeSpan time, long steps)
    {
        (TimeSpan Time, long Steps) before = _paces.GetValueOrDefault(phase.Step.Method);
        _paces[phase.Step.Method] = (before.Time + time, before.Steps + steps);
    }

    /// <summary>What is left at most, as phases may stop early; null after too few steps.</summary>
    /// <param name="phase">Index of the phase that goes on.</param>
    /// <param name="left">Steps that are left of it.</param>
    public TimeSpan? Remaining(int phase, long left)
    {
        if (SecondsOfStep(phases[phase].Phase) is not { } current)
            return null;
        double seconds = current * left;
        foreach ((TrainingPhase later, long steps) in phases.Skip(phase + 1))
            seconds += steps * (SecondsOfStep(later) ?? current);
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    private double? SecondsOfStep(TrainingPhase phase) =>
        _paces.TryGetValue(phase.Step.Method, out (TimeSpan Time, long Steps) pace) && pace.Steps >= LeastSteps ? pace.Time.TotalSeconds / pace.Steps : null;
}
