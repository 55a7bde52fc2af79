using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Scoring;

/// <summary>What is counted: <c>dotnet-counters monitor --counters Adversarial.Scoring</c> shows it, and OpenTelemetry exports it. ASP.NET counts requests by status.</summary>
internal sealed class ScoringMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Adversarial.Scoring";

    private readonly Counter<long> _rows;
    private readonly Counter<long> _anomalies;
    private readonly Counter<long> _swaps;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _seconds;

    public ScoringMeter(IMeterFactory factory)
    {
        Meter meter = factory.Create(Name);
        _rows = meter.CreateCounter<long>("scoring.rows", "{row}", "Rows scored");
        _anomalies = meter.CreateCounter<long>("scoring.anomalies", "{row}", "Rows flagged");
        _swaps = meter.CreateCounter<long>("scoring.model.swaps", "{swap}", "Models that took another's place");
        _refused = meter.CreateCounter<long>("scoring.model.refused", "{file}", "Model files that could not be loaded");
        _seconds = meter.CreateHistogram<double>("scoring.duration", "s", "Time to score a request, without reading and writing it");
    }

    public void Scored(IReadOnlyList<Verdict> verdicts, string method, long begin)
    {
        var tag = new KeyValuePair<string, object?>("method", method);
        _rows.Add(verdicts.Count, tag);
        _anomalies.Add(verdicts.Count(verdict => verdict.PredictedLabel), tag);
        _seconds.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds, tag);
    }

    public void Swapped() => _swaps.Add(1);

    public void Refused() => _refused.Add(1);
}
