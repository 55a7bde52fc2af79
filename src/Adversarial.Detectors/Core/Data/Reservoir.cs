using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// A uniform sample of rows that come one after another, as many as fit: at any time each of them is equally likely to be kept (Vitter 1985, algorithm R). It
/// says where a row is to be put; what is kept depends on the stream and the order of the rows alone.
/// </summary>
/// <param name="most">The most rows that are kept; null keeps all.</param>
/// <param name="stream">Where the draws come from.</param>
internal sealed class Reservoir(int? most, RandomStream stream)
{
    private const ulong Purpose = (1UL << 61) + 16;

    private readonly RandomDraws _draws = new(stream);

    /// <summary>The one of a fit: for its normal rows, or for its known anomalies.</summary>
    public static Reservoir OfFit(int? most, int seed, bool ofAnomalies = false) => new(most, new RandomStream((uint)seed, Purpose, ofAnomalies ? 1UL : 0));

    /// <summary>Rows that came.</summary>
    public long Offered { get; private set; }

    /// <summary>Rows that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the next row among those that are kept: their number where it comes in addition, a smaller one where it takes another's place, or -1.</summary>
    public int Offer()
    {
        Offered++;
        if (most is not int limit || Count < limit)
            return Count++;
        long place = _draws.Below(Offered);
        return place < limit ? (int)place : -1;
    }

    /// <summary>Of rows in memory those that are kept, in the order of their places; the rows themselves where all are.</summary>
    public FeatureMatrix Draw(FeatureMatrix rows)
    {
        if (most is null || rows.Rows <= most)
            return rows;
        var kept = new FeatureMatrix(rows.Columns);
        for (int r = 0; r < rows.Rows; r++)
        {
            int place = Offer();
            if (place >= 0)
                rows[r].CopyTo(kept.RowAt(place));
        }

        return kept;
    }
}
