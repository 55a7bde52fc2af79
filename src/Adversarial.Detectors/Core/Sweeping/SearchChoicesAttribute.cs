namespace Adversarial.Detectors;

/// <summary>Marks an option that a sweep may search by trying values.</summary>
/// <param name="values">Names of the values; none: all that there are.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SearchChoicesAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values => values;
}
