using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The cases of data-ops.json that read rows as objects.</summary>
internal static class ObjectScenarios
{
    internal static void Run(GoldenCase golden, MLContext context, IDataView input, GoldenStage stage)
    {
        bool reuse = golden.Settings.GetProperty("scenario").GetString().Contains("reuseRowObject: true");
        stage.Name = "read";
        switch (golden.Name)
        {
            case "enumerable-plain" or "enumerable-reuse":
                Compare<TextAndNumber>(golden, context, input, reuse);
                break;
            case "enumerable-missing-not-ignored" or "enumerable-missing-ignored":
                Compare<WithExtra>(golden, context, input, reuse, golden.Name == "enumerable-missing-ignored");
                break;
            case "enumerable-key-attribute":
                Compare<MarkedKey>(golden, context, input, reuse);
                break;
            case "enumerable-key-plain-uint":
                Compare<PlainKey>(golden, context, input, reuse);
                break;
            default:
                Compare<Vector>(golden, context, input, reuse);
                break;
        }
    }

    /// <summary>Compares the members as they are during the enumeration, before the object is used again.</summary>
    private static void Compare<T>(GoldenCase golden, MLContext context, IDataView input, bool reuse, bool ignoreMissing = false)
        where T : class, new()
    {
        var objects = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var rows = new List<Dictionary<string, object>>();
        foreach (T row in context.Data.CreateEnumerable<T>(input, reuse, ignoreMissing))
        {
            objects.Add(row);
            rows.Add(typeof(T).GetProperties().ToDictionary(property => property.Name, property => Copy(property.GetValue(row))));
        }

        JsonElement[] wanted = golden.Expected.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(wanted.Length, rows.Count);
        for (int i = 0; i < wanted.Length; i++)
        {
            foreach (JsonProperty member in wanted[i].EnumerateObject())
                Assert.Null(GoldenValue.Difference(member.Value, rows[i][member.Name], 0));
        }

        Assert.Equal(golden.Expected.GetProperty("distinctObjects").GetInt32(), objects.Count);
    }

    private static object Copy(object value) => value is Array array ? array.Clone() : value;

    private sealed class TextAndNumber
    {
        public float X { get; set; }

        public string T { get; set; }
    }

    private sealed class WithExtra
    {
        public float X { get; set; }

        public float Extra { get; set; } = 9;
    }

    private sealed class Vector
    {
        public float[] V { get; set; }
    }

    private sealed class MarkedKey
    {
        [KeyType(3)]
        public uint K { get; set; }
    }

    private sealed class PlainKey
    {
        public uint K { get; set; }
    }
}
