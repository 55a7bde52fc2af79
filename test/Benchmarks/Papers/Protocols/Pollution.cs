namespace Adversarial.Benchmarks;

/// <summary>Anomalies that are trained on as if they were normal.</summary>
internal static class Pollution
{
    /// <summary>How many make the given share of all training rows.</summary>
    public static int Rows(int normal, double share) => (int)Math.Round(normal * share / (1 - share));
}
