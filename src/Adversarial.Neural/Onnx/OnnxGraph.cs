using System.Runtime.InteropServices;

namespace Adversarial.Neural;

/// <summary>
/// A computation that is being written in the format of ONNX (onnx.ai): nodes in the order of their work. Operators are those of
/// <see cref="OperatorSet"/>, which ML.NET's own exporter writes as well, so that its graphs and these can be joined.
/// </summary>
public sealed partial class OnnxGraph
{
    /// <summary>The version of the operators.</summary>
    public const int OperatorSet = 12;

    /// <summary>The domain of the operators of classical machine learning.</summary>
    public const string MachineLearningDomain = "ai.onnx.ml";

    /// <summary>Name of the first dimension: the number of rows, whatever it is.</summary>
    public const string RowsName = "N";

    // The version of the file format that came with the operators.
    private const int FileVersion = 7;
    private const int MachineLearningOperatorSet = 2;

    private readonly List<ProtoMessage> _nodes = [];
    private readonly ProtoMessage _initializers = new();
    private readonly ProtoMessage _inputs = new();
    private readonly ProtoMessage _outputs = new();
    private readonly Dictionary<ConstantKey, OnnxValue> _constants = [];
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, long> _operatorSets = new() { [""] = OperatorSet };
    private long _fileVersion = FileVersion;
    private int _names;
    private int _constantNames;

    /// <summary>What tells two graphs apart: their nodes and constants.</summary>
    internal IEnumerable<string> Description => [.. _nodes.Select(node => Convert.ToBase64String(node.Content)), .. _constants.Select(constant => constant.ToString())];

    /// <summary>An input [N, columns].</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Numbers of a row.</param>
    public OnnxValue AddInput(string name, int columns)
    {
        Take(name);
        _inputs.Message(11, Information(name, OnnxType.Single, columns));
        return new OnnxValue(name, OnnxType.Single);
    }

    /// <summary>Makes a value an output [N, columns].</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">What is given under that name.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <exception cref="InvalidOperationException">Another value of the graph has that name.</exception>
    public void AddOutput(string name, OnnxValue value, int columns)
    {
        Take(name);
        AddNode("Identity", [value], name, [], domain: null);
        _outputs.Message(12, Information(name, value.Type, columns));
    }

    private void Take(string name)
    {
        if (!_taken.Add(name))
            throw new InvalidOperationException($"The graph has a value named '{name}' already, which is to be the name of another one: rename that column.");
    }

    private static ProtoMessage Information(string name, OnnxType type, int columns)
    {
        ProtoMessage rows = new ProtoMessage().Text(2, RowsName), width = new ProtoMessage().Integer(1, columns);
        ProtoMessage shape = new ProtoMessage().Message(1, rows).Message(1, width);
        ProtoMessage tensor = new ProtoMessage().Integer(1, (int)type).Message(2, shape);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor));
    }

    /// <summary>Adds a node with one result, of the type of its first input.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="attributes">Its settings.</param>
    public OnnxValue Add(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add(operation, inputs[0].Type, inputs, attributes);

    /// <summary>Adds a node with one result of a type.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="type">The type of the result.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="attributes">Its settings.</param>
    public OnnxValue Add(string operation, OnnxType type, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        new(AddNode(operation, inputs, NewName(), attributes, domain: null), type);

    /// <summary>Adds a node of <see cref="MachineLearningDomain"/> with one result of single precision.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="attributes">Its settings.</param>
    public OnnxValue AddMachineLearning(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        _operatorSets.TryAdd(MachineLearningDomain, MachineLearningOperatorSet);
        return new OnnxValue(AddNode(operation, inputs, NewName(), attributes, MachineLearningDomain), OnnxType.Single);
    }

    /// <summary>Adds a node with several results.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="types">The types of the results.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="attributes">Its settings.</param>
    public OnnxValue[] AddMany(string operation, ReadOnlySpan<OnnxType> types, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var results = new OnnxValue[types.Length];
        for (int i = 0; i < types.Length; i++)
            results[i] = new OnnxValue(NewName(), types[i]);
        _nodes.Add(Node(operation, inputs, [.. results.Select(result => result.Name)], attributes, domain: null));
        return results;
    }

    private string NewName() => NewName("v", ref _names);

    private string NewName(string prefix, ref int count)
    {
        string name;
        do
            name = $"{prefix}{count++}";
        while (!_taken.Add(name));
        return name;
    }

    private string AddNode(string operation, ReadOnlySpan<OnnxValue> inputs, string output, ReadOnlySpan<OnnxAttribute> attributes, string? domain)
    {
        _nodes.Add(Node(operation, inputs, [output], attributes, domain));
        return output;
    }

    private ProtoMessage Node(string operation, ReadOnlySpan<OnnxValue> inputs, string[] outputs, ReadOnlySpan<OnnxAttribute> attributes, string? domain)
    {
        var node = new ProtoMessage();
        foreach (OnnxValue input in inputs)
            node.Text(1, input.Name);
        foreach (string output in outputs)
            node.Text(2, output);
        node.Text(3, $"{operation}.{outputs[0]}").Text(4, operation);
        foreach (OnnxAttribute attribute in attributes)
            node.Message(5, attribute.Message);
        return domain is null ? node : node.Text(7, domain);
    }

    /// <summary>A tensor of given numbers; equal ones are kept once.</summary>
    /// <param name="values">The numbers, the last dimension's beside each other.</param>
    /// <param name="dimensions">The shape; none is a single number without one.</param>
    public OnnxValue Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions) => Constant(OnnxType.Single, MemoryMarshal.AsBytes(values), dimensions);

    /// <inheritdoc cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public OnnxValue Constant(ReadOnlySpan<double> values, params ReadOnlySpan<long> dimensions) => Constant(OnnxType.Double, MemoryMarshal.AsBytes(values), dimensions);

    /// <inheritdoc cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public OnnxValue Constant(ReadOnlySpan<long> values, params ReadOnlySpan<long> dimensions) => Constant(OnnxType.Int64, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>A single number of a type of floating point, without a dimension.</summary>
    /// <param name="value">The number.</param>
    /// <param name="type">Its type.</param>
    public OnnxValue Scalar(double value, OnnxType type) => type == OnnxType.Double ? Constant([value]) : Constant([(float)value]);

    private OnnxValue Constant(OnnxType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> dimensions)
    {
        var key = ConstantKey.Of(type, bytes, dimensions);
        if (_constants.TryGetValue(key, out OnnxValue known))
            return known;
        var value = new OnnxValue(NewName("c", ref _constantNames), type);
        var tensor = new ProtoMessage();
        foreach (long dimension in dimensions)
            tensor.Integer(1, dimension);
        RequireRoom(_initializers.Content.Length, bytes.Length);
        _initializers.Message(5, tensor.Integer(2, (int)type).Text(8, value.Name).Bytes(9, bytes));
        _constants.Add(key, value);
        return value;
    }

    private static void RequireRoom(long before, long more)
    {
        // Writing the model takes a copy of all of it into one block.
        if (before + more > Array.MaxLength - (1 << 20))
            throw new NotSupportedException("The model's numbers take more than 2 GB, and an ONNX file of one piece holds no more: train a smaller model.");
    }

    /// <summary>Writes the model.</summary>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="producer">Who wrote it.</param>
    /// <param name="description">What it is, for people.</param>
    public void Save(Stream stream, string producer, string description)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var graph = new ProtoMessage();
        foreach (ProtoMessage node in _nodes)
            graph.Message(1, node);
        graph.Text(2, "score").Append(_initializers).Append(_inputs).Append(_outputs);
        ProtoMessage model = new ProtoMessage().Integer(1, _fileVersion).Text(2, producer).Text(6, description).Message(7, graph);
        foreach ((string domain, long version) in _operatorSets)
            model.Message(8, new ProtoMessage().Text(1, domain).Integer(2, version));
        stream.Write(model.Content);
    }

    // Two hashes and the length tell tensors apart without keeping them twice.
    private readonly record struct ConstantKey(OnnxType Type, string Shape, int Length, ulong First, ulong Second)
    {
        private const ulong Prime = 0x100000001B3;

        public static ConstantKey Of(OnnxType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> dimensions)
        {
            (ulong first, ulong second) = (0xCBF29CE484222325, 0x9E3779B97F4A7C15);
            foreach (byte value in bytes)
            {
                first = (first ^ value) * Prime;
                second = ulong.RotateLeft(second, 5) * 0x2545F4914F6CDD1D + value;
            }

            return new ConstantKey(type, string.Join(',', dimensions.ToArray()), bytes.Length, first, second);
        }
    }
}
