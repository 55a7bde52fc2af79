using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>
/// Counterexamples close to the data, made from normal rows: a third has some features of another row, so that each value is an everyday one
/// and their combination is wrong; a third has noise on some features; a third is stretched away from the centre, so that what is extreme
/// does not pass for normal because normal rows alone are extreme. How many features change and how far differs from row to row.
/// </summary>
/// <param name="columns">Number of features.</param>
/// <param name="groups">One-hot groups: each changes as one feature, to another row's category.</param>
internal sealed class NeighboringRows(int columns, ColumnGroups? groups = null)
{
    private const int Kinds = 3;
    private const float MostChanged = 0.5f;
    private const float LeastNoise = 0.1f;
    private const float MostNoise = 5;
    private const float MostStretch = 4;

    // A row's own draws, behind one for each feature: the share that changes, how far, and the feature that changes in any case.
    private const int DrawsOfRow = 3;

    // The feature whose draw decides for each: in a group its first.
    private readonly int[] _leaders = Leaders(columns, groups);
    private readonly bool[] _isCategory = Categories(columns, groups);
    private float[] _draws = [];
    private float[] _shuffle = [];
    private float[] _noise = [];
    private float[] _stretch = [];

    /// <summary>As many rows as the batch has.</summary>
    /// <param name="step">Gives the batch, other rows and random numbers.</param>
    /// <param name="space">Rows are stretched away from its centre, noise is in its unit.</param>
    public Tensor Draw(TrainingStep step, FeatureSpace space)
    {
        int rows = step.Rows, count = rows * columns;
        if (_shuffle.Length < count)
        {
            _draws = new float[rows * (columns + DrawsOfRow)];
            (_shuffle, _noise, _stretch) = (new float[count], new float[count], new float[count]);
        }

        RandomFill.Uniform(step.Noise.Next(), 0, _draws.AsSpan(0, rows * (columns + DrawsOfRow)), 0, 1);
        for (int r = 0; r < rows; r++)
            Plan(r, space.Unit);

        Tensor x = step.Features;
        Tensor Constant(float[] values) => step.Tape.Constant(values.AsSpan(0, count), rows, columns);
        return x
            + Constant(_stretch) * Functions.Affine(x, 1, -space.Center)
            + Constant(_shuffle) * (step.OtherBatch() - x)
            + Constant(_noise) * step.Normal(rows, columns);
    }

    private static int[] Leaders(int columns, ColumnGroups? groups)
    {
        int[] leaders = [.. Enumerable.Range(0, columns)];
        foreach ((int start, int length) in Groups(groups))
            leaders.AsSpan(start, length).Fill(start);
        return leaders;
    }

    private static bool[] Categories(int columns, ColumnGroups? groups)
    {
        var isCategory = new bool[columns];
        foreach ((int start, int length) in Groups(groups))
            isCategory.AsSpan(start, length).Fill(true);
        return isCategory;
    }

    private static ReadOnlySpan<(int Start, int Length)> Groups(ColumnGroups? groups) => groups is null ? default : groups.Groups;

    // Factors of the three changes for each feature of a row, all but one of them 0.
    private void Plan(int row, float unit)
    {
        ReadOnlySpan<float> draws = _draws.AsSpan(row * (columns + DrawsOfRow), columns + DrawsOfRow);
        Span<float> shuffle = _shuffle.AsSpan(row * columns, columns), noise = _noise.AsSpan(row * columns, columns), stretch = _stretch.AsSpan(row * columns, columns);
        shuffle.Clear();
        noise.Clear();
        stretch.Clear();
        (float ofShare, float ofDistance) = (draws[columns], draws[columns + 1]);
        if (row % Kinds == 2)
        {
            float factor = MathF.Pow(MostStretch, ofDistance);
            for (int c = 0; c < columns; c++)
                stretch[c] = _isCategory[c] ? 0 : factor;
            return;
        }

        // From one feature on, each order of magnitude as often.
        float share = MathF.Pow(Math.Max(1, MostChanged * columns), ofShare) / columns;
        float deviation = unit * LeastNoise * MathF.Pow(MostNoise / LeastNoise, ofDistance);
        int certain = Math.Min((int)(draws[columns + 2] * columns), columns - 1);
        for (int c = 0; c < columns; c++)
        {
            if (draws[_leaders[c]] >= share && _leaders[c] != _leaders[certain])
                continue;

            // A category has no neighbours but other categories.
            if (row % Kinds == 0 || _isCategory[c])
                shuffle[c] = 1;
            else
                noise[c] = deviation;
        }
    }
}
