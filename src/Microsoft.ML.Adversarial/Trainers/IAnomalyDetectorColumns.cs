namespace Microsoft.ML.Adversarial;

/// <summary>The columns that every trainer's options name.</summary>
public interface IAnomalyDetectorColumns
{
    /// <summary>A vector of <see cref="float"/> of known size.</summary>
    string FeatureColumnName { get; set; }

    /// <summary>If given, only rows labelled normal are trained on. Boolean, a number, a key or text.</summary>
    string? LabelColumnName { get; set; }

    /// <summary>
    /// The label that is normal, as text and independent of culture: a text, a number, true or false, or what a key stands for (its number,
    /// from 1, where the column does not tell). Null: false, 0 or the first key. A text column needs it.
    /// </summary>
    string? NormalLabel { get; set; }
}
