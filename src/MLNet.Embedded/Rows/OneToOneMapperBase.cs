using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The mapper of a one-to-one transformer: output i needs input column i of the pairs, and nothing else.</summary>
internal abstract class OneToOneMapperBase : IRowMapper
{
    private readonly OneToOneTransformerBase _parent;

    protected OneToOneMapperBase(IHost host, OneToOneTransformerBase parent, DataViewSchema inputSchema)
    {
        Host = host;
        _parent = parent;
        InputSchema = inputSchema;
        InputColumns = parent.BindInputColumns(inputSchema);
    }

    protected IHost Host { get; }

    protected DataViewSchema InputSchema { get; }

    /// <summary>The index of the input column of each pair.</summary>
    protected int[] InputColumns { get; }

    public DataViewSchema.DetachedColumn[] GetOutputColumns() => GetOutputColumnsCore();

    public ITransformer GetTransformer() => _parent;

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        var needed = new bool[InputSchema.Count];
        for (int i = 0; i < InputColumns.Length; i++)
            needed[InputColumns[i]] |= activeOutput(i);
        return i => needed[i];
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        var getters = new Delegate[InputColumns.Length];
        Action all = null;
        for (int i = 0; i < getters.Length; i++)
        {
            if (!activeOutput(i))
                continue;
            getters[i] = MakeGetter(input, i, activeOutput, out Action one);
            all += one;
        }

        disposer = all;
        return getters;
    }

    protected abstract DataViewSchema.DetachedColumn[] GetOutputColumnsCore();

    protected abstract Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer);
}
