namespace Adversarial.Detectors.Tests;

/// <summary>Rows come back as they went in, over the borders of chunks.</summary>
public class FeatureMatrixTests
{
    private const int Wide = 100_000;

    // 100,000 columns leave two rows to a chunk, 300,000 one.
    [Theory]
    [InlineData(1, 300_000)]
    [InlineData(Wide, 7)]
    [InlineData(3 * Wide, 3)]
    public void Rows_survive_chunks(int columns, int rows)
    {
        var matrix = new FeatureMatrix(columns);
        for (int r = 0; r < rows; r++)
        {
            Span<float> row = matrix.AppendRow();
            row[0] = r;
            row[^1] = r + 1;
        }

        Assert.Equal((rows, columns), (matrix.Rows, matrix.Columns));
        for (int r = 0; r < rows; r++)
        {
            Assert.Equal(columns, matrix[r].Length);
            Assert.True(matrix[r][^1] == r + 1 && (columns == 1 || matrix[r][0] == r), $"row {r}");
        }
    }

    [Fact]
    public void A_row_taken_away_leaves_zeros_for_the_next()
    {
        var matrix = new FeatureMatrix(Wide);
        for (int r = 0; r < 3; r++)
            matrix.AppendRow().Fill(r + 1);
        matrix.RemoveLastRow();
        Assert.Equal(2, matrix.Rows);
        Assert.Equal(-1, matrix.AppendRow().IndexOfAnyExcept(0f));
        matrix.RemoveLastRow();
        matrix.RemoveLastRow();
        Assert.Equal(-1, matrix.AppendRow().IndexOfAnyExcept(0f));
        Assert.Equal(1, matrix[0][Wide - 1]);
    }

    [Fact]
    public void Added_rows_are_copies()
    {
        float[] row = [1, 2];
        FeatureMatrix matrix = FeatureMatrix.FromRows([row, [3, 4]]);
        row[0] = 9;
        Assert.Equal([1, 2], matrix[0]);
        Assert.Equal([3, 4], matrix[1]);
    }

    [Fact]
    public void Some_of_the_rows_are_the_rows_themselves()
    {
        FeatureMatrix matrix = FeatureMatrix.FromRows([[1, 2], [3, 4], [5, 6]]);
        FeatureMatrix some = matrix.Select([2, 0]), one = some.Select([1]);
        Assert.Equal(2, some.Rows);
        Assert.Equal([5, 6], some[0]);
        Assert.Equal([1, 2], one[0]);
        matrix.RowAt(0)[1] = 9;
        Assert.Equal([1, 9], one[0]);
        Assert.Throws<InvalidOperationException>(() => some.Add([7, 8]));
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureMatrix(0));
        Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([]));
        string message = Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([[1, 2], [1]])).Message;
        Assert.Contains("Row 1 has 1 values where 2 are expected", message);
    }
}
