namespace Microsoft.ML;

internal static class DefaultColumnNames
{
    internal const string Features = "Features";
    internal const string Score = "Score";
    internal const string PredictedLabel = "PredictedLabel";
}
