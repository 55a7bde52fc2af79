namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Whether a column's numbers grow from row to row, as row numbers and times do.</summary>
internal sealed class GrowthCheck
{
    // So many in order are no chance.
    private const int LeastRows = 50;

    private float _last = float.NegativeInfinity;
    private long _rows;
    private long _steps;
    private bool _fell;

    /// <summary>No number was below the one before, and most were above it: large row numbers are not all floats of their own.</summary>
    public bool Grows => !_fell && _rows >= LeastRows && 2 * _steps > _rows;

    /// <summary>Takes the next row's number.</summary>
    public void Add(float value)
    {
        _fell |= !(value >= _last);
        _steps += value > _last ? 1 : 0;
        _last = value;
        _rows++;
    }
}
