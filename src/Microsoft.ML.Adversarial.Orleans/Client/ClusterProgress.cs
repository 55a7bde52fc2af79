using System.Globalization;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>How a run of jobs goes on.</summary>
/// <param name="Done">Jobs that are done.</param>
/// <param name="Total">All of them.</param>
/// <param name="Job">The job that this is about.</param>
/// <param name="Silo">The silo that did it, or was lost with it, where that is known.</param>
/// <param name="Seconds">Seconds that it ran; 0 where it is not done.</param>
/// <param name="Warning">Why it begins anew; null where it is done.</param>
public sealed record ClusterProgress(int Done, int Total, string Job, string Silo, double Seconds, string? Warning)
{
    /// <summary>In a line.</summary>
    public override string ToString() => Warning is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Done}/{Total} {Job}: {Seconds:F2} s on {Silo}")
        : $"{Done}/{Total} {Job} begins anew: {Warning}";
}
