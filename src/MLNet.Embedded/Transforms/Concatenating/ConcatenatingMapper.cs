using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The concatenation of the columns of one schema: types checked, annotations joined.</summary>
internal sealed class ConcatenatingMapper : IRowMapper
{
    private readonly ITransformer _parent;
    private readonly DataViewSchema.Column[] _sources;
    private readonly DataViewSchema.DetachedColumn _output;

    internal ConcatenatingMapper(ITransformer parent, DataViewSchema inputSchema, string output, string[] inputs)
    {
        _parent = parent;
        _sources = new DataViewSchema.Column[inputs.Length];
        int size = 0;
        bool variable = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            _sources[i] = inputSchema.GetColumnOrNull(inputs[i]) ?? throw Errors.ColumnNotFound(nameof(inputSchema), "input", inputs[i]);
            DataViewType type = _sources[i].Type;
            if (!type.GetItemType().Equals(ItemType))
                throw Errors.SchemaMismatch(nameof(inputSchema), "input", inputs[i], ItemType.ToString(), type.ToString());
            variable |= type.GetValueCount() == 0;
            size = checked(size + type.GetValueCount());
        }

        _output = IsIdentity
            ? new DataViewSchema.DetachedColumn(output, _sources[0].Type, _sources[0].Annotations)
            : new DataViewSchema.DetachedColumn(output, new VectorDataViewType(ItemType, variable ? 0 : size),
                ConcatenatedAnnotations.Make(_sources, variable));
    }

    private PrimitiveDataViewType ItemType => (PrimitiveDataViewType)_sources[0].Type.GetItemType();

    // A vector alone passes as it is, with all that is known of it.
    private bool IsIdentity => _sources.Length == 1 && _sources[0].Type is VectorDataViewType;

    public DataViewSchema.DetachedColumn[] GetOutputColumns() => [_output];

    public ITransformer GetTransformer() => _parent;

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        if (!activeOutput(0))
            return _ => false;
        HashSet<int> needed = [.. _sources.Select(source => source.Index)];
        return needed.Contains;
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null;
        if (!activeOutput(0))
            return [null];
        if (IsIdentity)
            return [input.GetGetter(_sources[0])];
        return [GenericCall.Invoke<Delegate>(typeof(ConcatenatingMapper), this, nameof(MakeGetter), [ItemType.RawType], input)];
    }

    private ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow input)
    {
        ValueGetter<VBuffer<T>>[] parts = Array.ConvertAll(_sources, source => MakePart<T>(input, source));
        var buffers = new VBuffer<T>[parts.Length];
        return (ref VBuffer<T> destination) =>
        {
            int length = 0;
            int count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i](ref buffers[i]);
                CheckLength(_sources[i], buffers[i].Length);
                length = checked(length + buffers[i].Length);
                count += buffers[i].GetValues().Length;
            }
            // Half full is where indices begin to cost more than the zeros that they save.
            bool sparse = count <= length - count;
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length, sparse ? count : length);
            if (sparse)
                FillSparse(buffers, editor);
            else
                FillDense(buffers, editor.Values);
            destination = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<T>> MakePart<T>(DataViewRow input, DataViewSchema.Column source)
    {
        if (source.Type is VectorDataViewType)
            return input.GetGetter<VBuffer<T>>(source);
        ValueGetter<T> get = input.GetGetter<T>(source);
        return (ref VBuffer<T> destination) =>
        {
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, 1);
            get(ref editor.Values[0]);
            destination = editor.Commit();
        };
    }

    private static void CheckLength(DataViewSchema.Column source, int length)
    {
        int expected = source.Type.GetValueCount();
        if (expected != 0 && expected != length)
            throw Errors.Operation($"Column '{source.Name}': expected {expected} slots, but got {length}");
    }

    private static void FillSparse<T>(VBuffer<T>[] buffers, VBufferEditor<T> editor)
    {
        int at = 0;
        int offset = 0;
        foreach (ref VBuffer<T> buffer in buffers.AsSpan())
        {
            ReadOnlySpan<T> values = buffer.GetValues();
            ReadOnlySpan<int> indices = buffer.GetIndices();
            values.CopyTo(editor.Values[at..]);
            for (int i = 0; i < values.Length; i++)
                editor.Indices[at++] = offset + (buffer.IsDense ? i : indices[i]);
            offset += buffer.Length;
        }
    }

    private static void FillDense<T>(VBuffer<T>[] buffers, Span<T> destination)
    {
        int offset = 0;
        foreach (ref VBuffer<T> buffer in buffers.AsSpan())
        {
            buffer.CopyTo(destination.Slice(offset, buffer.Length));
            offset += buffer.Length;
        }
    }
}
