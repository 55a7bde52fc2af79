using System.Globalization;
using System.Text;

namespace Adversarial.Detectors.Tests;

/// <summary>Largest differences of arrays from what is expected, each in units of the largest expected element of its array.</summary>
internal sealed class GoldenComparison
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether all are within the tolerance.</summary>
    public bool Holds { get; private set; } = true;

    public void Add(string name, double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(expected.Max(Math.Abs), double.Epsilon);
        double[] errors = [.. expected.Zip(actual, (e, a) => double.IsFinite(a) ? Math.Abs(e - a) / scale : double.PositiveInfinity)];
        int worst = Array.IndexOf(errors, errors.Max());
        double error = errors[worst];
        bool within = error <= tolerance;
        Holds &= within;
        _text.AppendLine(CultureInfo.InvariantCulture,
            $"{(within ? "" : "FAILS ")}{name}: {error:E1} at {worst}, {actual[worst]} for {expected[worst]}");
    }

    public override string ToString() => _text.ToString();
}
