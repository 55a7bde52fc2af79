namespace Adversarial.Neural;

/// <summary>A setting of a node of an <see cref="OnnxGraph"/>: numbers or texts under a name of the operator.</summary>
public sealed class OnnxAttribute
{
    private readonly ProtoMessage _message;

    private OnnxAttribute(string name, int type) => _message = new ProtoMessage().Text(1, name).Integer(20, type);

    internal ProtoMessage Message => _message;

    /// <summary>A number.</summary>
    public static OnnxAttribute Of(string name, float value)
    {
        var attribute = new OnnxAttribute(name, 1);
        attribute._message.Single(2, value);
        return attribute;
    }

    /// <summary>An integer.</summary>
    public static OnnxAttribute Of(string name, long value)
    {
        var attribute = new OnnxAttribute(name, 2);
        attribute._message.Integer(3, value);
        return attribute;
    }

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value)
    {
        var attribute = new OnnxAttribute(name, 3);
        attribute._message.Text(4, value);
        return attribute;
    }

    /// <summary>Numbers.</summary>
    public static OnnxAttribute Singles(string name, params ReadOnlySpan<float> values)
    {
        var attribute = new OnnxAttribute(name, 6);
        foreach (float value in values)
            attribute._message.Single(7, value);
        return attribute;
    }

    /// <summary>Integers.</summary>
    public static OnnxAttribute Integers(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new OnnxAttribute(name, 7);
        foreach (long value in values)
            attribute._message.Integer(8, value);
        return attribute;
    }

    /// <summary>Texts.</summary>
    public static OnnxAttribute Texts(string name, params ReadOnlySpan<string> values)
    {
        var attribute = new OnnxAttribute(name, 8);
        foreach (string value in values)
            attribute._message.Text(9, value);
        return attribute;
    }
}
