using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    public class Options
    {
        public bool AllowQuoting;

        public bool AllowSparse;

        public Column[] Columns;

        public char DecimalMarker = '.';

        public char EscapeChar = '"';

        public bool HasHeader;

        public string HeaderFile;

        public int? InputSize;

        public long? MaxRows;

        public bool MissingRealsAsNaNs;

        public bool ReadMultilines;

        public char[] Separators = ['\t'];

        public bool TrimWhitespace;

        public bool UseThreads = true;
    }

    public sealed class Column
    {
        public string Name;

        public Range[] Source;

        public KeyCount KeyCount;

        public Column()
        {
        }

        public Column(string name, DataKind dataKind, int index) : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex) : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            Errors.CheckValue(name, nameof(name));
            Errors.CheckValue(source, nameof(source));
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>Fields of a line by index; without a maximum to the end of the line.</summary>
    public sealed class Range
    {
        public int Min;

        public int? Max;

        public bool AutoEnd;

        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
        {
            Errors.CheckParam(index >= 0, nameof(index), "Must be non-negative");
            Min = index;
            Max = index;
        }

        public Range(int min, int? max)
        {
            Errors.CheckParam(min >= 0, nameof(min), "Must be non-negative");
            Errors.CheckParam(max is null || max >= min, nameof(max), "If specified, must be greater than or equal to min");
            Min = min;
            Max = max;
            AutoEnd = max == null;
        }
    }
}

public sealed class KeyCount
{
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count) => Count = count;
}
