namespace Adversarial.Detectors;

/// <summary>
/// A tree that isolates rows by random cuts. Its nodes lie in an array, a node's left child behind it; so a path only goes forward.
/// </summary>
internal sealed partial class IsolationTree
{
    private const int Leaf = -1;
    private const double EulerGamma = 0.57721566490153286;

    // No tree of rows is that deep: a leaf's length is bounded by its height and by c of all rows.
    private const float MostLength = 1e7f;

    private readonly Node[] _nodes;

    private IsolationTree(Node[] nodes) => _nodes = nodes;

    /// <summary>A cut: rows whose feature is at most the value go left, to the next node. Or a leaf, whose value is the length of the path to it.</summary>
    private readonly record struct Node(int Feature, float Value, int Right);

    /// <summary>Mean length of a path to a row that is not found in a search tree of so many rows: c(m) of the paper.</summary>
    public static double AveragePathLength(int rows) => rows switch
    {
        <= 1 => 0,
        2 => 1,
        _ => 2 * (Math.Log(rows - 1) + EulerGamma) - 2.0 * (rows - 1) / rows,
    };

    /// <summary>Grows a tree on some scaled rows, one behind another.</summary>
    public static IsolationTree Grow(float[] values, int columns, RandomDraws draws)
    {
        int rows = values.Length / columns;
        var grower = new Grower(values, columns, draws, (int)Math.Ceiling(Math.Log2(Math.Max(rows, 2))));
        grower.Grow(0, rows, 0);
        return new IsolationTree([.. grower.Nodes]);
    }

    /// <summary>Edges to the leaf of a row, and the average length below where more than one training row is in it.</summary>
    public float PathLength(ReadOnlySpan<float> row)
    {
        Node[] nodes = _nodes;
        int at = 0;
        while (nodes[at].Feature != Leaf)
            at = row[nodes[at].Feature] <= nodes[at].Value ? at + 1 : nodes[at].Right;
        return nodes[at].Value;
    }

    private sealed class Grower(float[] values, int columns, RandomDraws draws, int height)
    {
        private readonly int[] _order = [.. Enumerable.Range(0, values.Length / columns)];
        private readonly int[] _features = [.. Enumerable.Range(0, columns)];

        public List<Node> Nodes { get; } = [];

        public void Grow(int start, int end, int depth)
        {
            int at = Nodes.Count;
            Nodes.Add(default);
            if (end - start <= 1 || depth >= height || !TryCut(start, end, out int feature, out float value))
            {
                Nodes[at] = new Node(Leaf, (float)(depth + AveragePathLength(end - start)), 0);
                return;
            }

            int middle = start;
            for (int i = start; i < end; i++)
            {
                if (values[_order[i] * columns + feature] <= value)
                {
                    (_order[i], _order[middle]) = (_order[middle], _order[i]);
                    middle++;
                }
            }

            Grow(start, middle, depth + 1);
            Nodes[at] = new Node(feature, value, Nodes.Count);
            Grow(middle, end, depth + 1);
        }

        // A feature that is constant in the node cuts nothing: the next one is drawn.
        private bool TryCut(int start, int end, out int feature, out float value)
        {
            for (int tried = 0; tried < columns; tried++)
            {
                int drawn = tried + draws.Below(columns - tried);
                (_features[tried], _features[drawn]) = (_features[drawn], _features[tried]);
                feature = _features[tried];
                float low = float.PositiveInfinity, high = float.NegativeInfinity;
                for (int i = start; i < end; i++)
                {
                    float x = values[_order[i] * columns + feature];
                    (low, high) = (Math.Min(low, x), Math.Max(high, x));
                }

                if (low < high)
                {
                    value = (float)(low + draws.Unit() * ((double)high - low));
                    // Rounded up to the greatest value it would cut nothing.
                    value = value < high ? value : low;
                    return true;
                }
            }

            (feature, value) = (Leaf, 0);
            return false;
        }
    }

    /// <summary>The most bytes that <see cref="Save"/> writes of a tree grown on so many rows.</summary>
    public static long MostLengthOf(int rows) => sizeof(int) + (2L * rows - 1) * (2 * sizeof(int) + sizeof(float));

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_nodes.Length);
        foreach (Node node in _nodes)
        {
            writer.Write(node.Feature);
            writer.Write(node.Value);
            writer.Write(node.Right);
        }
    }

    /// <exception cref="FormatException">It is no tree: a child is not behind its parent, or a number is out of range.</exception>
    /// <exception cref="EndOfStreamException">The content is truncated.</exception>
    public static IsolationTree Load(BinaryReader reader, int columns, int rows)
    {
        int most = (int)Math.Min(2L * rows - 1, int.MaxValue);
        int count = ContentReading.Require(reader.ReadInt32(), value => value >= 1 && value <= most, "The number of nodes of a tree", $"1 to {most}");
        reader.RequireBytes((long)count * (2 * sizeof(int) + sizeof(float)), "A tree");
        var nodes = new Node[count];
        for (int i = 0; i < count; i++)
        {
            int at = i;
            int feature = ContentReading.Require(reader.ReadInt32(), value => value >= Leaf && value < columns, "The feature of a node", $"below {columns}");
            float number = reader.ReadFinite("The value of a node");
            int right = reader.ReadInt32();
            if (feature == Leaf)
                ContentReading.Require(number, value => value is >= 0 and <= MostLength, "The length of a path", "in range");
            else
                ContentReading.Require(right, value => value > at + 1 && value < count, "The right child of a node", "a node behind the left one");
            nodes[i] = new Node(feature, number, right);
        }

        return new IsolationTree(nodes);
    }
}
