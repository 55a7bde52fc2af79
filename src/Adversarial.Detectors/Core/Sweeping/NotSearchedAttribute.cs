namespace Adversarial.Detectors;

/// <summary>Takes an inherited option out of what a sweep searches, as the method makes no use of it.</summary>
/// <param name="option">The option's name.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class NotSearchedAttribute(string option) : Attribute
{
    public string Option => option;
}
