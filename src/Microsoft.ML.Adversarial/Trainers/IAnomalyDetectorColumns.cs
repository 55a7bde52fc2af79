namespace Microsoft.ML.Adversarial;

/// <summary>The columns that every trainer's options name.</summary>
public interface IAnomalyDetectorColumns
{
    /// <summary>A vector of <see cref="float"/> of known size.</summary>
    string FeatureColumnName { get; set; }

    /// <summary>If given, only rows labelled normal are trained on: false, 0 or the first key.</summary>
    string? LabelColumnName { get; set; }
}
