using System.Text;

namespace Adversarial.Neural;

/// <content>Graphs that go on where another one ends.</content>
public sealed partial class OnnxGraph
{
    // Fields of a graph.
    private const int NodeField = 1;
    private const int InitializerField = 5;
    private const int InputField = 11;
    private const int OutputField = 12;
    private const int ValueField = 13;

    /// <summary>A graph that begins with as much of a model as one of its outputs is made of.</summary>
    /// <param name="model">The model's bytes; its operators are of <see cref="OperatorSet"/>.</param>
    /// <param name="output">Name of the output, which has <paramref name="columns"/> numbers of single precision a row.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <returns>The graph and, in it, the output's value; the model's outputs are none of the graph.</returns>
    /// <exception cref="FormatException">The bytes are no ONNX model.</exception>
    /// <exception cref="ArgumentException">The model has no such output, or one of another type or size, or operators of another version.</exception>
    public static (OnnxGraph Graph, OnnxValue Value) After(ReadOnlyMemory<byte> model, string output, int columns)
    {
        List<ProtoField> fields = ProtoField.Read(model);
        List<ProtoField> of = fields.Find(field => field.Number == 7) is { Number: 7 } found ? found.Fields : throw new FormatException("The bytes are no ONNX model: it has no graph.");
        var graph = new OnnxGraph();
        graph.TakeVersions(fields);
        RequireOutput(of, output, columns);
        graph.TakeNodes(of, output);
        return (graph, new OnnxValue(output, OnnxType.Single));
    }

    /// <summary>The names of a model's outputs.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <exception cref="FormatException">The bytes are no ONNX model.</exception>
    public static string[] OutputsOf(ReadOnlyMemory<byte> model) =>
        [.. ProtoField.Read(model).Where(field => field.Number == 7).SelectMany(graph => graph.Fields).Where(field => field.Number == OutputField).Select(field => NameIn(field, 1))];

    private void TakeVersions(List<ProtoField> model)
    {
        foreach (ProtoField field in model)
        {
            if (field.Number == 1)
                _fileVersion = Math.Max(_fileVersion, field.Value);
            if (field.Number != 8)
                continue;
            string domain = NameIn(field, 1);
            long version = field.Fields.Find(part => part.Number == 2).Value;
            if (domain is "" or "ai.onnx")
            {
                domain = "";
                if (version != OperatorSet)
                    throw new ArgumentException($"The model has operators of version {version}, and what follows them is of version {OperatorSet}: convert the part before with opSetVersion {OperatorSet}, which ML.NET takes by default.", nameof(model));
            }

            _operatorSets[domain] = version;
        }
    }

    private static void RequireOutput(List<ProtoField> graph, string output, int columns)
    {
        ProtoField information = graph.Find(field => field.Number == OutputField && NameIn(field, 1) == output);
        if (information.Number != OutputField)
            throw new ArgumentException($"The model has no output '{output}'; there are: {string.Join(", ", graph.Where(field => field.Number == OutputField).Select(field => NameIn(field, 1)))}.", nameof(output));
        List<ProtoField> tensor = Inside(Inside(information.Fields, 2), 1);
        long type = tensor.Find(field => field.Number == 1).Value;
        long[] dimensions = [.. Inside(tensor, 2).Where(field => field.Number == 1).Select(dimension => dimension.Fields.Find(part => part.Number == 1).Value)];
        if (type != (long)OnnxType.Single || dimensions.Length != 2 || dimensions[1] != columns)
        {
            throw new ArgumentException($"The model's output '{output}' has elements of ONNX type {type} and the dimensions [{string.Join(", ", dimensions)}]; "
                + $"what follows takes single precision (type {(long)OnnxType.Single}) and rows of {columns} numbers.", nameof(output));
        }
    }

    private static List<ProtoField> Inside(List<ProtoField> fields, int number) => fields.Find(field => field.Number == number) is { Number: > 0 } found ? found.Fields : [];

    private static string NameIn(ProtoField message, int field) => Encoding.UTF8.GetString(message.Fields.Find(part => part.Number == field).Content.Span);

    // Backwards from the output: what it is not made of stays behind, inputs too.
    private void TakeNodes(List<ProtoField> graph, string output)
    {
        var needed = new HashSet<string> { output };
        var nodes = new List<ProtoField>();
        foreach (ProtoField node in graph.Where(field => field.Number == NodeField).Reverse())
        {
            if (!node.Fields.Any(field => field.Number == 2 && needed.Contains(field.Text)))
                continue;
            nodes.Add(node);
            needed.UnionWith(Names(node.Fields));
        }

        foreach (ProtoField node in nodes.AsEnumerable().Reverse())
            _nodes.Add(new ProtoMessage().Raw(node.Content.Span));
        foreach (ProtoField field in graph.Where(field => field.Number is InitializerField or InputField or ValueField))
        {
            string name = NameIn(field, field.Number == InitializerField ? 8 : 1);
            if (!needed.Contains(name))
                continue;
            needed.Add(name);
            (field.Number == InputField ? _inputs : _initializers).Bytes(field.Number, field.Content.Span);
        }

        _taken.UnionWith(needed);
    }

    // All that a node reads and gives, in the graphs inside it as well.
    private static IEnumerable<string> Names(List<ProtoField> node)
    {
        foreach (ProtoField field in node)
        {
            if (field.Number is 1 or 2)
                yield return field.Text;
            if (field.Number != 5)
                continue;
            foreach (ProtoField inner in field.Fields.Where(part => part.Number is 6 or 11).SelectMany(body => body.Fields).Where(part => part.Number == NodeField))
            {
                foreach (string name in Names(inner.Fields))
                    yield return name;
            }
        }
    }
}
