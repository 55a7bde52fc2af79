namespace MLNet.Embedded.Tests.Golden;

/// <summary>The golden cases that the host does not claim, each with its reason.</summary>
internal static class OutOfScope
{
    private const string AutoML = "The host has no AutoML: search spaces are tested where AutoML is bound";

    private static readonly Dictionary<(string File, string Name), string> _cases = new()
    {
    };

    internal static string Reason(string file, string name)
    {
        if (file == "automl.json")
            return AutoML;
        return _cases.GetValueOrDefault((file, name));
    }
}
