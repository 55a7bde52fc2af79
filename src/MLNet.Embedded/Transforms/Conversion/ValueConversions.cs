using System.Numerics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Which primitive types convert to which, and how: widening numbers, text from and to all.</summary>
internal static class ValueConversions
{
    private static readonly Dictionary<(Type Source, Type Destination), Delegate> _conversions = Build();

    internal static bool TryGet(DataViewType source, PrimitiveDataViewType destination, out Delegate conversion)
    {
        conversion = null;
        // The number of a key says nothing as a quantity: it may only become another unsigned number.
        if (source is KeyDataViewType && !KeyDataViewType.IsValidDataType(destination.RawType))
            return false;
        return _conversions.TryGetValue((source.RawType, destination.RawType), out conversion);
    }

    private static Dictionary<(Type, Type), Delegate> Build()
    {
        var table = new Dictionary<(Type, Type), Delegate>();
        AddSigned(table);
        AddUnsigned(table);
        AddReals(table);
        AddBooleans(table);
        AddTexts(table);
        AddSame<TimeSpan>(table);
        AddSame<DateTime>(table);
        AddSame<DateTimeOffset>(table);
        return table;
    }

    private static void AddSigned(Dictionary<(Type, Type), Delegate> table)
    {
        AddNumber<sbyte, sbyte>(table);
        AddNumber<sbyte, short>(table);
        AddNumber<sbyte, int>(table);
        AddNumber<sbyte, long>(table);
        AddNumber<short, short>(table);
        AddNumber<short, int>(table);
        AddNumber<short, long>(table);
        AddNumber<int, int>(table);
        AddNumber<int, long>(table);
        AddNumber<long, long>(table);
        AddToReals<sbyte>(table);
        AddToReals<short>(table);
        AddToReals<int>(table);
        AddToReals<long>(table);
    }

    private static void AddUnsigned(Dictionary<(Type, Type), Delegate> table)
    {
        AddNumber<byte, byte>(table);
        AddNumber<byte, ushort>(table);
        AddNumber<byte, uint>(table);
        AddNumber<byte, ulong>(table);
        AddNumber<ushort, ushort>(table);
        AddNumber<ushort, uint>(table);
        AddNumber<ushort, ulong>(table);
        AddNumber<uint, uint>(table);
        AddNumber<uint, ulong>(table);
        AddNumber<ulong, ulong>(table);
        AddToReals<byte>(table);
        AddToReals<ushort>(table);
        AddToReals<uint>(table);
        AddToReals<ulong>(table);
    }

    private static void AddReals(Dictionary<(Type, Type), Delegate> table)
    {
        AddToReals<float>(table);
        AddToReals<double>(table);
        Add(table, (in float src, ref bool dst) => dst = src != 0);
        Add(table, (in double src, ref bool dst) => dst = src != 0);
    }

    private static void AddBooleans(Dictionary<(Type, Type), Delegate> table)
    {
        AddSame<bool>(table);
        Add(table, (in bool src, ref sbyte dst) => dst = (sbyte)(src ? 1 : 0));
        Add(table, (in bool src, ref short dst) => dst = (short)(src ? 1 : 0));
        Add(table, (in bool src, ref int dst) => dst = src ? 1 : 0);
        Add(table, (in bool src, ref long dst) => dst = src ? 1 : 0);
        Add(table, (in bool src, ref float dst) => dst = src ? 1 : 0);
        Add(table, (in bool src, ref double dst) => dst = src ? 1 : 0);
    }

    private static void AddTexts(Dictionary<(Type, Type), Delegate> table)
    {
        AddSame<ReadOnlyMemory<char>>(table);
        Add(table, (in ReadOnlyMemory<char> src, ref float dst) => dst = TextValues.ParseSingle(src.Span));
        Add(table, (in ReadOnlyMemory<char> src, ref double dst) => dst = TextValues.ParseDouble(src.Span));
        TextParser<bool> parseBoolean = Parser<bool>(BooleanDataViewType.Instance);
        // What is no truth value is false; only the whole numbers and the times below refuse what they cannot read.
        Add(table, (in ReadOnlyMemory<char> src, ref bool dst) => parseBoolean(src.Span, out dst));
        AddParsed<sbyte>(table, NumberDataViewType.SByte, "sbyte");
        AddParsed<short>(table, NumberDataViewType.Int16, "short");
        AddParsed<int>(table, NumberDataViewType.Int32, "int");
        AddParsed<long>(table, NumberDataViewType.Int64, "long");
        AddParsed<byte>(table, NumberDataViewType.Byte, "byte");
        AddParsed<ushort>(table, NumberDataViewType.UInt16, "ushort");
        AddParsed<uint>(table, NumberDataViewType.UInt32, "uint");
        AddParsed<ulong>(table, NumberDataViewType.UInt64, "ulong");
        AddParsed<TimeSpan>(table, TimeSpanDataViewType.Instance, nameof(TimeSpan));
        AddParsed<DateTime>(table, DateTimeDataViewType.Instance, nameof(DateTime));
        AddParsed<DateTimeOffset>(table, DateTimeOffsetDataViewType.Instance, nameof(DateTimeOffset));
        AddFormatted<bool>(table);
        AddFormatted<sbyte>(table);
        AddFormatted<short>(table);
        AddFormatted<int>(table);
        AddFormatted<long>(table);
        AddFormatted<byte>(table);
        AddFormatted<ushort>(table);
        AddFormatted<uint>(table);
        AddFormatted<ulong>(table);
        AddFormatted<float>(table);
        AddFormatted<double>(table);
        AddFormatted<TimeSpan>(table);
        AddFormatted<DateTime>(table);
        AddFormatted<DateTimeOffset>(table);
    }

    private static TextParser<T> Parser<T>(PrimitiveDataViewType type) => (TextParser<T>)TextParsers.Create(type, format: null);

    private static void AddParsed<T>(Dictionary<(Type, Type), Delegate> table, PrimitiveDataViewType type, string name)
    {
        TextParser<T> parse = Parser<T>(type);
        Add(table, (in ReadOnlyMemory<char> src, ref T dst) =>
        {
            if (!parse(src.Span, out dst))
                throw Errors.Operation($"Value could not be parsed from text to {name}.");
        });
    }

    private static void AddFormatted<T>(Dictionary<(Type, Type), Delegate> table) =>
        Add(table, (in T src, ref ReadOnlyMemory<char> dst) => dst = TextValues.Format(src).AsMemory());

    private static void AddToReals<T>(Dictionary<(Type, Type), Delegate> table) where T : INumberBase<T>
    {
        AddNumber<T, float>(table);
        AddNumber<T, double>(table);
    }

    private static void AddNumber<TSrc, TDst>(Dictionary<(Type, Type), Delegate> table)
        where TSrc : INumberBase<TSrc> where TDst : INumberBase<TDst> =>
        Add(table, (in TSrc src, ref TDst dst) => dst = TDst.CreateTruncating(src));

    private static void AddSame<T>(Dictionary<(Type, Type), Delegate> table) => Add(table, (in T src, ref T dst) => dst = src);

    private static void Add<TSrc, TDst>(Dictionary<(Type, Type), Delegate> table, ValueMapper<TSrc, TDst> map) =>
        table.Add((typeof(TSrc), typeof(TDst)), map);
}
