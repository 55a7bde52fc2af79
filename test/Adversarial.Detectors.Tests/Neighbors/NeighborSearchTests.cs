namespace Adversarial.Detectors.Tests;

/// <summary>The neighbours that matrix products find are those of a search by differences, however the rows lie.</summary>
public class NeighborSearchTests
{
    private const int Neighbors = 7;

    private static float[] Draw(int rows, int columns, double offset, double spread, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * columns).Select(_ => (float)(offset + spread * (random.NextDouble() + random.NextDouble() - 1)))];
    }

    private static (int Index, double Distance)[] ByDifferences(KeptRows rows, float[] query, int excluded) =>
    [
        .. Enumerable.Range(0, rows.Count).Where(r => r != excluded)
            .Select(r => (r, rows[r].ToArray().Zip(query).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2))))
            .OrderBy(pair => pair.Item2).ThenBy(pair => pair.r).Take(Neighbors),
    ];

    // Far from the origin products lose the digits in which near rows differ.
    [Theory]
    [InlineData(3, 0, 1)]
    [InlineData(40, 0, 1)]
    [InlineData(40, 1000, 1)]
    [InlineData(5, 1e6, 1e6)]
    [InlineData(8, -3e4, 0.01)]
    public void Are_exact(int columns, double offset, double spread)
    {
        float[] values = Draw(1500, columns, offset, spread, seed: 1);
        values.AsSpan(0, 20 * columns).CopyTo(values.AsSpan(900 * columns));
        KeptRows rows = KeptRows.Of(values, columns);
        var search = new NeighborSearch(rows, Neighbors, 40);
        int[] excluded = [.. Enumerable.Range(0, 40).Select(i => i < 30 ? i : -1)];
        float[] fresh = Draw(10, columns, offset, spread, seed: 2);
        for (int i = 0; i < 40; i++)
            (i < 30 ? rows[i] : fresh.AsSpan((i - 30) * columns, columns)).CopyTo(search.Row(i));
        search.Find(40, excluded);
        for (int i = 0; i < 40; i++)
        {
            (int Index, double Distance)[] expected = ByDifferences(rows, search.Row(i).ToArray(), excluded[i]);
            double[] found = search.SquaredDistances(i).ToArray();
            // Differences of floats are rounded to floats.
            for (int n = 0; n < Neighbors; n++)
                Assert.Equal(expected[n].Distance, found[n], 1e-6 * expected[n].Distance);
            if (expected.Zip(expected.Skip(1)).All(pair => pair.Second.Distance > 1.000001 * pair.First.Distance))
                Assert.Equal(expected.Select(pair => pair.Index), search.Indices(i).ToArray());
        }
    }

    [Fact]
    public void Of_a_row_do_not_depend_on_its_block()
    {
        KeptRows rows = KeptRows.Of(Draw(2100, 9, 5, 1, seed: 3), 9);
        var one = new NeighborSearch(rows, Neighbors, 1);
        var many = new NeighborSearch(rows, Neighbors, 64);
        for (int i = 0; i < 64; i++)
            rows[i * 7].CopyTo(many.Row(i));
        many.Find(64);
        for (int i = 0; i < 64; i++)
        {
            rows[i * 7].CopyTo(one.Row(0));
            one.Find(1);
            Assert.Equal(one.SquaredDistances(0).ToArray(), many.SquaredDistances(i).ToArray());
            Assert.Equal(one.Indices(0).ToArray(), many.Indices(i).ToArray());
            Assert.Equal((i * 7, 0), (many.Indices(i)[0], many.SquaredDistances(i)[0]));
        }
    }
}
