namespace Adversarial.Neural;

/// <summary>Types of the elements of a tensor, by their numbers in ONNX.</summary>
public enum OnnxType
{
    /// <summary>Single precision.</summary>
    Single = 1,

    /// <summary>Integers of 64 bits.</summary>
    Int64 = 7,

    /// <summary>True or false.</summary>
    Boolean = 9,

    /// <summary>Double precision.</summary>
    Double = 11,
}

/// <summary>A tensor of an <see cref="OnnxGraph"/>.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Type">The type of its elements.</param>
public readonly record struct OnnxValue(string Name, OnnxType Type);
