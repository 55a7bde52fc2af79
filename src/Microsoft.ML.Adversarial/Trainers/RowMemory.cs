using System.Globalization;
using Adversarial.Detectors;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Tells while rows are read that they will not fit into memory, rather than by running out of it: from the first rows where the input knows how many it has, else
/// when they have filled it.
/// </summary>
/// <param name="data">The input.</param>
/// <param name="columns">Number of features.</param>
/// <param name="limit">How many rows are kept.</param>
/// <param name="kinds">2 where known anomalies are kept beside normal rows, else 1: the limit holds for each.</param>
/// <param name="available">Bytes that the process may use; null asks the runtime.</param>
internal sealed class RowMemory(IDataView data, int columns, RowLimit limit, int kinds, long? available = null)
{
    // Rows after which it is known what share of them is kept.
    private const int FirstRows = 10_000;

    // The rest is for what a fit makes of the rows, and for everything else.
    private const double Share = 0.75;

    // Of a row beside its features: its score, its place in orders.
    private const int OtherBytes = 24;

    private readonly double _bytesOfARow = sizeof(float) * (double)columns + OtherBytes;
    private readonly double _available = Share * Math.Max(0, (available ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) - GC.GetTotalMemory(forceFullCollection: false));

    /// <summary>Throws where the rows do not fit.</summary>
    /// <param name="kept">Rows that are kept so far.</param>
    /// <param name="read">Rows that are read so far.</param>
    /// <exception cref="InvalidOperationException">They do not fit.</exception>
    public void Require(int kept, long read)
    {
        if (kept == FirstRows && data.GetRowCount() is long rows)
        {
            double estimate = Math.Max(kept, (double)rows * kept / Math.Max(read, 1));
            RequireRoom(limit.Most is int most ? Math.Min(estimate, (double)kinds * most) : estimate, isEstimate: true);
        }
        else if (kept > FirstRows)
        {
            RequireRoom(kept, isEstimate: false);
        }
    }

    private void RequireRoom(double rows, bool isEstimate)
    {
        if (rows * _bytesOfARow <= _available)
            return;
        string fitting = ((long)(_available / _bytesOfARow / kinds)).ToString("N0", CultureInfo.InvariantCulture);
        string count = string.Create(CultureInfo.InvariantCulture, $"{(isEstimate ? "About" : "More than")} {rows:N0} training rows of {columns:N0} features");
        string remedy = limit.Most is null ? $"Set {limit.Option}: of more rows a uniform sample is drawn in one pass; {fitting} would fit" : $"Lower {limit.Option}";
        FitMemory.Require(count, rows * _bytesOfARow, columns, remedy, (long)_available);
    }
}
