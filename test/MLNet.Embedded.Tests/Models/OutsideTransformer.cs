using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Embedded.Tests.Models;

[assembly: LoadableClass(typeof(OutsideTransformer), null, typeof(SignatureLoadModel), "Outside", OutsideTransformer.Loader)]

namespace MLNet.Embedded.Tests.Models;

/// <summary>
/// A transformer as an assembly outside the host writes it: its own view, its own row mapper, on public types and the few internal
/// members that outsiders may use. Adds the sum of a vector times a factor.
/// </summary>
internal sealed class OutsideTransformer(string input, string output, float factor) : ITransformer
{
    internal const string Loader = "OutsideTransformer";

    private static readonly VersionInfo _version =
        new("OUTSIDE ", 0x00010002, 0x00010002, 0x00010001, typeof(OutsideTransformer).Assembly.FullName, Loader);

    public bool IsRowToRowMapper => true;

    internal float Factor => factor;

    internal bool ForgetsVersion { get; init; }

    public static OutsideTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(_version);
        return new OutsideTransformer(ctx.Reader.ReadString(), ctx.Reader.ReadString(), ctx.Reader.ReadSingle());
    }

    public void Save(ModelSaveContext ctx)
    {
        if (!ForgetsVersion)
            ctx.SetVersionInfo(_version);
        ctx.Writer.Write(input);
        ctx.Writer.Write(output);
        ctx.Writer.Write(factor);
    }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new Mapper(this, inputSchema, null).OutputSchema;

    public IDataView Transform(IDataView data) => new Mapper(this, data.Schema, data);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(this, inputSchema, null);

    private ValueGetter<float> Sum(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<float>> get = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> vector = default;
        return (ref float value) =>
        {
            get(ref vector);
            value = 0;
            foreach (float item in vector.GetValues())
                value += factor * item;
        };
    }

    private sealed class Mapper : IDataView, IRowToRowMapper
    {
        private readonly OutsideTransformer _parent;
        private readonly IDataView _data;
        private readonly DataViewSchema.Column _source;

        internal Mapper(OutsideTransformer parent, DataViewSchema inputSchema, IDataView data)
        {
            _parent = parent;
            _data = data;
            InputSchema = inputSchema;
            _source = inputSchema[parent.InputName];
            var builder = new DataViewSchema.Builder();
            builder.AddColumns(inputSchema);
            builder.AddColumn(parent.OutputName, NumberDataViewType.Single);
            Schema = builder.ToSchema();
        }

        public DataViewSchema Schema { get; }

        public DataViewSchema InputSchema { get; }

        public DataViewSchema OutputSchema => Schema;

        public bool CanShuffle => _data.CanShuffle;

        public long? GetRowCount() => _data.GetRowCount();

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => dependingColumns
            .Select(column => column.Index < InputSchema.Count ? InputSchema[column.Index] : _source).DistinctBy(column => column.Index);

        public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(this, row);

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        {
            DataViewSchema.Column[] needed = columnsNeeded.ToArray();
            return new Cursor(new Row(this, _data.GetRowCursor(GetDependencies(needed), rand)));
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
            [GetRowCursor(columnsNeeded, rand)];

        private sealed class Row(Mapper mapper, DataViewRow row) : DataViewRow
        {
            internal DataViewRow Input => row;

            public override DataViewSchema Schema => mapper.Schema;

            public override long Position => row.Position;

            public override long Batch => row.Batch;

            public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

            public override bool IsColumnActive(DataViewSchema.Column column) =>
                column.Index >= mapper.InputSchema.Count || row.IsColumnActive(mapper.InputSchema[column.Index]);

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Index < mapper.InputSchema.Count
                ? row.GetGetter<TValue>(mapper.InputSchema[column.Index])
                : (ValueGetter<TValue>)(Delegate)mapper._parent.Sum(row, mapper._source);

            protected override void Dispose(bool disposing) => row.Dispose();
        }

        private sealed class Cursor(Row row) : DataViewRowCursor
        {
            public override DataViewSchema Schema => row.Schema;

            public override long Position => row.Position;

            public override long Batch => row.Batch;

            public override bool MoveNext() => ((DataViewRowCursor)row.Input).MoveNext();

            public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

            public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

            protected override void Dispose(bool disposing) => row.Dispose();
        }
    }

    private string InputName => input;

    private string OutputName => output;
}
