namespace Architecture.Tests.Package;

/// <summary>Members of .NET's own interfaces, which ML.NET's lists leave out where a type implements them explicitly.</summary>
internal static class FrameworkContracts
{
    private static readonly Dictionary<string, string[]> _members = new()
    {
        ["IDisposable"] = ["void {0}.Dispose() {{ }}"],
        ["IEnumerable"] = ["IEnumerator {0}.GetEnumerator() => throw null;"],
        ["IEnumerable<"] = ["IEnumerator<{1}> {0}.GetEnumerator() => throw null;"],
        ["IReadOnlyCollection<"] = ["int {0}.Count => throw null;"],
        ["IReadOnlyList<"] = ["{1} {0}.this[int index] => throw null;"],
        ["IEquatable<"] = ["bool {0}.Equals({1} other) => throw null;"],
        ["IComparable<"] = ["int {0}.CompareTo({1} other) => throw null;"],
    };

    /// <summary>Explicit implementations of an interface; none if it is not .NET's, or comes from a base class of .NET.</summary>
    public static IEnumerable<string> Implement(string contract)
    {
        int open = contract.IndexOf('<');
        string key = open < 0 ? contract : contract[..(open + 1)];
        string argument = open < 0 ? "" : contract[(open + 1)..^1];
        return _members.GetValueOrDefault(key, []).Select(member => string.Format(null, member, contract, argument));
    }
}
