namespace Conformance.Tests.MLNet;

/// <summary>One requirement that every trainer must pass by itself, as an ML.NET estimator.</summary>
/// <param name="Name">Its name; a method's card may list it among its skips, with a reason.</param>
/// <param name="Run">Throws where the subject fails.</param>
public sealed record TrainerCheck(string Name, Action<TrainerSubject> Run)
{
    /// <summary>All checks.</summary>
    public static IReadOnlyList<TrainerCheck> All { get; } =
    [
        .. SchemaChecks.All, .. PipelineChecks.All, .. CursorChecks.All, .. RowChecks.All, .. ModelChecks.All, .. EstimatorChecks.All,
        .. TrainingRowChecks.All,
        .. RowLengthChecks.All,
    ];
}
