using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The cases of data-ops.json that load objects as rows.</summary>
internal static class TypedRowScenarios
{
    internal static IDataView Load(string name, MLContext context)
    {
        DataOperationsCatalog data = context.Data;
        return name switch
        {
            "types-all" => data.LoadFromEnumerable(new[]
            {
                new AllTypes
                {
                    S = "x", F = 1.5f, D = 2.5, I = -3, L = 4, H = -5, Y = 6, Z = -7, U = 8, UL = 9, US = 10, B = true,
                    Dt = new DateTime(2020, 1, 2), Ts = TimeSpan.FromHours(1), M = "m".AsMemory(),
                },
                new AllTypes(),
            }),
            "types-attributes" => data.LoadFromEnumerable(new[]
            {
                new Attributes { Orig = 1, WithLoad = "w", Fixed = [1, 2, 3], Var = [4], K = 1, Ignored = "i" },
                new Attributes { Orig = 2, WithLoad = null, Fixed = [0, 0, 1], Var = [5, 6], K = 0 },
                new Attributes { Orig = 3, WithLoad = "", Fixed = [0, 0, 0], Var = [], K = 3 },
            }),
            "fixed-vector-null-array" => data.LoadFromEnumerable(new[] { new Attributes() }),
            "fixed-vector-wrong-length" => data.LoadFromEnumerable(new[] { new Attributes { Fixed = [1, 2], Var = [1] } }),
            "fields-and-properties" => data.LoadFromEnumerable(new[] { new Fields { B = 1, A = "a", P = 2 } }),
            "vectors-of-types" => data.LoadFromEnumerable(new[]
            {
                new Vectors
                {
                    D = [1, double.NaN], S = ["a", null, ""], I = [1, -2], B = [true, false], V = new VBuffer<float>(2, [1f, 2f]),
                },
            }),
            "unsupported-decimal" => data.LoadFromEnumerable(new[] { new Holder<decimal> { X = 1 } }),
            "unsupported-nullable" => data.LoadFromEnumerable(new[] { new Holder<float?> { X = 1 } }),
            "unsupported-char" => data.LoadFromEnumerable(new[] { new Holder<char> { X = 'a' } }),
            "unsupported-object" => data.LoadFromEnumerable(new[] { new Holder<object>() }),
            "key-on-float" => data.LoadFromEnumerable(new[] { new FloatKey { K = 1 } }),
            "two-members-same-column-name" => data.LoadFromEnumerable(new[] { new SameNames { X = 1, Y = 2 } }),
            "no-rows" => data.LoadFromEnumerable(Array.Empty<Numbers>()),
            "no-members" => data.LoadFromEnumerable(new[] { new Empty() }),
            "schema-definition-rename" => Renamed(data),
            _ => throw new NotSupportedException(name),
        };
    }

    private static IDataView Renamed(DataOperationsCatalog data)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Numbers));
        definition["X"].ColumnName = "Q";
        return data.LoadFromEnumerable(new[] { new Numbers { X = 1, Y = 2 } }, definition);
    }

    private sealed class AllTypes
    {
        public string S { get; set; }

        public float F { get; set; }

        public double D { get; set; }

        public int I { get; set; }

        public long L { get; set; }

        public short H { get; set; }

        public byte Y { get; set; }

        public sbyte Z { get; set; }

        public uint U { get; set; }

        public ulong UL { get; set; }

        public ushort US { get; set; }

        public bool B { get; set; }

        public DateTime Dt { get; set; }

        public TimeSpan Ts { get; set; }

        public ReadOnlyMemory<char> M { get; set; }
    }

    private sealed class Attributes
    {
        [ColumnName("Renamed")]
        public float Orig { get; set; }

        [LoadColumn(3)]
        public string WithLoad { get; set; }

        [VectorType(3)]
        public float[] Fixed { get; set; }

        public float[] Var { get; set; }

        [KeyType(3)]
        public uint K { get; set; }

        [NoColumn]
        public string Ignored { get; set; }

        public float GetOnly => 1;

        public static float Stat { get; set; }

        private float Private { get; set; }
    }

    private sealed class Fields
    {
        public const float C = 2;

        public float B;

        public string A;

        public readonly float Ro = 7;

        private readonly float _hidden = 3;

        public float P { get; set; }

        internal float Hidden() => _hidden;
    }

    private sealed class Vectors
    {
        [VectorType(2)]
        public double[] D { get; set; }

        public string[] S { get; set; }

        [VectorType(2)]
        public int[] I { get; set; }

        [VectorType(2)]
        public bool[] B { get; set; }

        public VBuffer<float> V { get; set; }
    }

    private sealed class Holder<T>
    {
        public T X { get; set; }
    }

    private sealed class FloatKey
    {
        [KeyType(3)]
        public float K { get; set; }
    }

    private sealed class SameNames
    {
        [ColumnName("A")]
        public float X { get; set; }

        [ColumnName("A")]
        public float Y { get; set; }
    }

    private sealed class Empty;
}
