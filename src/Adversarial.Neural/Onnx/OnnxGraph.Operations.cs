using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <content>What is written often.</content>
public sealed partial class OnnxGraph
{
    private static readonly OnnxAttribute _ofColumns = OnnxAttribute.Integers("axes", 1), _keeping = OnnxAttribute.Of("keepdims", 1);

    /// <summary>a + b.</summary>
    public OnnxValue Sum(OnnxValue a, OnnxValue b) => Add("Add", [a, b]);

    /// <summary>a - b.</summary>
    public OnnxValue Difference(OnnxValue a, OnnxValue b) => Add("Sub", [a, b]);

    /// <summary>a * b, element by element.</summary>
    public OnnxValue Product(OnnxValue a, OnnxValue b) => Add("Mul", [a, b]);

    /// <summary>factor * a.</summary>
    public OnnxValue Scale(OnnxValue a, double factor) => factor == 1 ? a : Product(a, Scalar(factor, a.Type));

    /// <summary>a + offset.</summary>
    public OnnxValue Shift(OnnxValue a, double offset) => offset == 0 ? a : Sum(a, Scalar(offset, a.Type));

    /// <summary>min(max(a, low), high).</summary>
    public OnnxValue Clip(OnnxValue a, double low, double high) => Add("Clip", [a, Scalar(low, a.Type), Scalar(high, a.Type)]);

    /// <summary>The element of <paramref name="a"/> where the condition holds, else that of <paramref name="b"/>.</summary>
    public OnnxValue Where(OnnxValue condition, OnnxValue a, OnnxValue b) => Add("Where", a.Type, [condition, a, b]);

    /// <summary>Where the condition does not hold.</summary>
    public OnnxValue Not(OnnxValue condition) => Add("Not", [condition]);

    /// <summary>Where both conditions hold.</summary>
    public OnnxValue And(OnnxValue a, OnnxValue b) => Add("And", [a, b]);

    /// <summary>The same numbers in another type.</summary>
    public OnnxValue Cast(OnnxValue a, OnnxType type) => a.Type == type ? a : Add("Cast", type, [a], OnnxAttribute.Of("to", (long)type));

    /// <summary>The same numbers in the same order in another shape; 0 keeps a dimension, -1 follows from the others.</summary>
    public OnnxValue Reshape(OnnxValue a, params ReadOnlySpan<long> dimensions) => Add("Reshape", [a, Constant(dimensions, dimensions.Length)]);

    /// <summary>Some of the columns.</summary>
    public OnnxValue Columns(OnnxValue a, int first, int count) =>
        Add("Slice", [a, Constant([(long)first], 1), Constant([(long)first + count], 1), Constant([1L], 1)]);

    /// <summary>Matrices side by side.</summary>
    public OnnxValue Join(params ReadOnlySpan<OnnxValue> parts) => parts.Length == 1 ? parts[0] : Add("Concat", parts, OnnxAttribute.Of("axis", 1));

    /// <summary>Reduces each row to one number, [N, 1]; the operator is one of ONNX's that take axes as an attribute.</summary>
    public OnnxValue ReduceColumns(string operation, OnnxValue a) => Add(operation, [a], _ofColumns, _keeping);

    /// <summary>The activation of each element.</summary>
    public OnnxValue Activate(OnnxValue a, Activation activation) => activation.Kind switch
    {
        ActivationKind.Identity => a,
        ActivationKind.Relu => Add("Relu", [a]),
        ActivationKind.LeakyRelu => Add("LeakyRelu", [a], OnnxAttribute.Of("alpha", activation.Slope)),
        ActivationKind.Sigmoid => Add("Sigmoid", [a]),
        ActivationKind.Tanh => Add("Tanh", [a]),
        ActivationKind.Exp => Add("Exp", [a]),
        ActivationKind.Softplus => Add("Softplus", [a]),
        _ => throw new NotSupportedException($"The activation {activation.Kind} is not written to ONNX."),
    };
}
