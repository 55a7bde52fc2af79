using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Transforms;

/// <summary>A small table of network flows, with every kind of column that the transforms take.</summary>
internal sealed class Flow
{
    public string Protocol { get; set; }

    public float Duration { get; set; }

    public double Bytes { get; set; }

    public bool Encrypted { get; set; }

    [VectorType(3)]
    public float[] Flags { get; set; }

    internal static Flow[] Rows { get; } = Enumerable.Range(0, 40).Select(i => new Flow
    {
        Protocol = $"p{i % 8}",
        Duration = i % 7 == 3 ? float.NaN : i * 0.5f - 4,
        Bytes = i * i % 17,
        Encrypted = i % 3 == 0,
        Flags = [i % 2, 0, i % 5 == 0 ? float.NaN : i],
    }).ToArray();

    internal static IDataView Load(MLContext context) => context.Data.LoadFromEnumerable(Rows);
}
