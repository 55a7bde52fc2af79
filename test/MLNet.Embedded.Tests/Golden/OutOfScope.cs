namespace MLNet.Embedded.Tests.Golden;

/// <summary>The golden cases that the host does not claim, by name and with the reason. They show in the tests as skipped.</summary>
internal static class OutOfScope
{
    private const string AutoML = "automl.json";
    private const string NoAutoML = "The host has no AutoML; search spaces are tested where AutoML is bound";

    private static readonly Dictionary<(string File, string Name), string> _cases = new()
    {
        [(AutoML, "int-1-10")] = NoAutoML,
        [(AutoML, "int-1-10-init-3")] = NoAutoML,
        [(AutoML, "int-minus5-5")] = NoAutoML,
        [(AutoML, "int-log")] = NoAutoML,
        [(AutoML, "float-0-1")] = NoAutoML,
        [(AutoML, "float-log-init")] = NoAutoML,
        [(AutoML, "double-log-init")] = NoAutoML,
        [(AutoML, "boolean")] = NoAutoML,
        [(AutoML, "choice-three-texts")] = NoAutoML,
        [(AutoML, "choice-four-ints")] = NoAutoML,
        [(AutoML, "several-members")] = NoAutoML,
        [(AutoML, "nested")] = NoAutoML,
        [(AutoML, "int-min-above-max")] = NoAutoML,
        [(AutoML, "int-log-from-zero")] = NoAutoML,
        [(AutoML, "double-init-outside")] = NoAutoML,
        [(AutoML, "no-attributes")] = NoAutoML,
        [(AutoML, "int-single-value")] = NoAutoML,
        [(AutoML, "choice-booleans")] = NoAutoML,
    };

    internal static string Reason(string file, string name) => _cases.GetValueOrDefault((file, name));
}
