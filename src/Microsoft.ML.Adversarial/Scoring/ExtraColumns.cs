namespace Microsoft.ML.Adversarial;

/// <summary>The columns that a transformer adds beside score and label; null where it does not add one.</summary>
internal sealed record ExtraColumns(string? FalseAlarmRate = null, string? AnomalyMap = null, string? FeatureContributions = null, string? TopFeatures = null)
{
    /// <summary>Their names, in the order of the output.</summary>
    public IEnumerable<string?> Names => [FalseAlarmRate, AnomalyMap, FeatureContributions, TopFeatures];

    /// <summary>The most features that <see cref="TopFeatures"/> names, at least 1.</summary>
    public int TopFeatureCount { get; init; } = 3;

    /// <summary>Refuses a column that would hide another one that scoring makes or reads.</summary>
    /// <exception cref="ArgumentException">A name is empty or taken.</exception>
    public void Require(string featureColumnName, string parameter)
    {
        RequireName(FalseAlarmRate, "false-alarm rate", featureColumnName, parameter);
        RequireName(AnomalyMap, "anomaly map", featureColumnName, parameter);
        RequireName(FeatureContributions, "feature contributions", featureColumnName, parameter);
        RequireName(TopFeatures, "top features", featureColumnName, parameter);
    }

    private void RequireName(string? name, string what, string featureColumnName, string parameter)
    {
        if (name is { Length: 0 } or OwnColumn.ScoreName or OwnColumn.LabelName || (name is not null && (name == featureColumnName || Names.Count(other => other == name) > 1)))
            throw new ArgumentException($"The column of the {what} cannot be named '{name}': give a name of its own, or null for no such column.", parameter);
    }
}
