namespace Adversarial.Detectors;

/// <summary>Marks an option that a sweep may search, and between which values.</summary>
/// <param name="minimum">The least value that is worth a trial.</param>
/// <param name="maximum">The greatest.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SearchRangeAttribute(double minimum, double maximum) : Attribute
{
    public double Minimum => minimum;

    public double Maximum => maximum;

    /// <summary>Whether factors count and not differences.</summary>
    public bool IsLogarithmic { get; set; }
}
