namespace Microsoft.ML.Adversarial;

/// <summary>What ML.NET hands over of a model file to load: the stream of a component, behind its header.</summary>
/// <param name="Reader">At the component's first byte.</param>
/// <param name="Version">The format's version, of those that the loader accepts.</param>
internal readonly record struct StoredModel(BinaryReader Reader, uint Version);
