using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows of a text; memory does not grow with their number.</summary>
internal sealed class TextDataView(IMultiStreamSource source, TextFormat format, TextColumn[] columns, DataViewSchema schema) : IDataView
{
    private static readonly MethodInfo _scalar = Method(nameof(Cursor.ScalarGetter));
    private static readonly MethodInfo _vector = Method(nameof(Cursor.VectorGetter));

    public DataViewSchema Schema => schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source, format, columns, schema, columnsNeeded.ToMask(schema));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static MethodInfo Method(string name) => typeof(Cursor).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance);

    private sealed class Cursor : RootCursor
    {
        private readonly TextFormat _format;
        private readonly TextColumn[] _columns;
        private readonly bool[] _active;
        private readonly TextLines _lines;
        private readonly TextFields _fields;
        private long _rows;

        internal Cursor(IMultiStreamSource source, TextFormat format, TextColumn[] columns, DataViewSchema schema, bool[] active)
        {
            _format = format;
            _columns = columns;
            _active = active;
            Schema = schema;
            _lines = new TextLines(source, format, format.HasHeader);
            // Fields behind the last one that is needed are not even looked for.
            int wanted = schema.Where(i => active[i]).Select(column => columns[column.Index].Fields.Max() + 1).DefaultIfEmpty(0).Max();
            _fields = new TextFields(format, wanted);
        }

        public override DataViewSchema Schema { get; }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_active[column.Index])
                throw Errors.ColumnNotActive(nameof(column));
            TextColumn target = _columns[column.Index];
            MethodInfo method = target.Type is VectorDataViewType ? _vector : _scalar;
            var item = (PrimitiveDataViewType)target.Type.GetItemType();
            object parser = TextParsers.Create(item, _format);
            return Errors.CheckGetter<TValue>((Delegate)method.MakeGenericMethod(item.RawType).Invoke(this, [target, parser]));
        }

        internal ValueGetter<T> ScalarGetter<T>(TextColumn column, TextParser<T> parse)
        {
            int field = column.Fields[0];
            return (ref T value) =>
            {
                CheckGood();
                if (!parse(_fields[field], out value))
                    throw Unparsable(column, field);
            };
        }

        internal ValueGetter<VBuffer<T>> VectorGetter<T>(TextColumn column, TextParser<T> parse)
        {
            int[] fields = column.Fields;
            return (ref VBuffer<T> value) =>
            {
                CheckGood();
                VBufferEditor<T> editor = VBufferEditor.Create(ref value, fields.Length);
                for (int i = 0; i < fields.Length; i++)
                {
                    if (!parse(_fields[fields[i]], out editor.Values[i]))
                        throw Unparsable(column, fields[i]);
                }

                value = editor.Commit();
            };
        }

        protected override bool MoveNextCore()
        {
            if (_rows >= _format.MaxRows || !_lines.MoveNext())
                return false;
            _rows++;
            _fields.Parse(_lines.Buffer, _lines.Start, _lines.Length);
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _lines.Dispose();
            base.Dispose(disposing);
        }

        private FormatException Unparsable(TextColumn column, int field)
        {
            string value = _fields[field].ToString();
            InvalidOperationException inner = Errors.Operation(
                FormattableString.Invariant($"Could not parse value {value} in line {_lines.LineNumber}, column {column.Name}"));
            return Errors.Decode("Parsing failed with an exception: " + inner.Message, inner);
        }
    }
}
