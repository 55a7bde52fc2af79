using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

/// <summary>Counterexamples close to the data: each third of them is what it is said to be.</summary>
public class NeighboringRowsTests
{
    private const int Rows = 900;
    private const int Batch = 300;
    private const int Columns = 8;
    private const int GroupStart = 5;

    // Feature c of row r is 1000 c + r + 1, so that a value tells where it is from; in the other table the last three are a category.
    private static FeatureMatrix Table(bool categories) => FeatureMatrix.FromRows(Enumerable.Range(0, Rows).Select(r =>
        Enumerable.Range(0, Columns).Select(c => categories && c >= GroupStart ? (r % 3 == c - GroupStart ? 1f : 0) : 1000f * c + r + 1).ToArray()));

    // The batch is the first rows of the table.
    private static float[][] Draw(bool categories = false, float center = 0, float unit = 1, ulong seed = 3)
    {
        FeatureMatrix table = Table(categories);
        TrainingData data = TrainingData.Create(table, null, FeatureScaling.Identity(Columns), heldOutShare: 0, seed);
        var tape = new Tape(new CpuDevice());
        var noise = new NoiseSource(seed);
        noise.Begin(1);
        var others = new OtherBatches(data, seed);
        others.Begin(0, 0, 0);
        var step = new TrainingStep(tape, noise, data, others, new LossLog())
        {
            Features = tape.Constant([.. Enumerable.Range(0, Batch).SelectMany(r => table[r].ToArray())], Batch, Columns),
        };
        ColumnGroups? groups = categories ? new ColumnGroups(Columns, (GroupStart, Columns - GroupStart)) : null;
        return [.. new NeighboringRows(Columns, groups).Draw(step, new FeatureSpace(center, unit, IsBounded: false)).ToArray().Chunk(Columns)];
    }

    private static IEnumerable<(float[] Before, float[] After)> Kind(float[][] drawn, int kind, bool categories = false)
    {
        FeatureMatrix table = Table(categories);
        return Enumerable.Range(0, Batch).Where(r => r % 3 == kind).Select(r => (table[r].ToArray(), drawn[r]));
    }

    private static int[] Changed((float[] Before, float[] After) row) =>
        [.. Enumerable.Range(0, Columns).Where(c => row.Before[c] != row.After[c])];

    [Fact]
    public void A_third_takes_features_of_one_other_row_and_so_has_everyday_values_alone()
    {
        var counts = new HashSet<int>();
        foreach ((float[] Before, float[] After) row in Kind(Draw(), kind: 0))
        {
            int[] changed = Changed(row);
            Assert.NotEmpty(changed);
            float other = Assert.Single(changed.Select(c => row.After[c] - 1000 * c).Distinct());
            Assert.Contains((int)other, Enumerable.Range(1, Rows));
            Assert.Equal(other, MathF.Truncate(other));
            counts.Add(changed.Length);
        }

        Assert.InRange(counts.Count, 3, Columns);
    }

    [Fact]
    public void A_third_has_noise_on_some_features()
    {
        var distances = new List<float>();
        var counts = new HashSet<int>();
        foreach ((float[] Before, float[] After) row in Kind(Draw(unit: 100), kind: 1))
        {
            int[] changed = Changed(row);
            Assert.NotEmpty(changed);
            counts.Add(changed.Length);
            distances.AddRange(changed.Select(c => Math.Abs(row.After[c] - row.Before[c])));
        }

        // Deviations from a tenth of the unit to five of it, each order of magnitude as often.
        distances.Sort();
        Assert.InRange(counts.Count, 3, Columns);
        Assert.InRange(distances[distances.Count / 2], 20, 120);
        Assert.InRange(distances[^1], 500, 2500);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void A_third_is_stretched_away_from_the_centre(float center)
    {
        var factors = new List<double>();
        foreach ((float[] before, float[] after) in Kind(Draw(center: center), kind: 2))
        {
            double[] ofRow = [.. before.Zip(after, (from, to) => ((double)to - center) / (from - center))];
            Assert.InRange(ofRow.Max() - ofRow.Min(), 0, 1e-3);
            factors.Add(ofRow[0]);
        }

        Assert.All(factors, factor => Assert.InRange(factor, 2 - 1e-3, 5 + 1e-3));
        Assert.True(factors.Max() - factors.Min() > 2);
    }

    [Fact]
    public void A_category_stays_one_and_is_not_stretched()
    {
        float[][] drawn = Draw(categories: true);
        Assert.All(drawn, row => Assert.Equal([0, 0, 1], row[GroupStart..].Order()));
        Assert.All(Kind(drawn, kind: 2, categories: true), row => Assert.Equal(row.Before[GroupStart..], row.After[GroupStart..]));
        for (int kind = 0; kind < 2; kind++)
            Assert.Contains(Kind(drawn, kind, categories: true), row => !row.Before[GroupStart..].SequenceEqual(row.After[GroupStart..]));
    }

    [Fact]
    public void Equal_seeds_draw_equal_rows()
    {
        Assert.Equal(Draw(), Draw());
        Assert.NotEqual(Draw(), Draw(seed: 4));
    }
}
