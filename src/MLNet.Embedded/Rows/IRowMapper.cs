namespace Microsoft.ML.Data;

/// <summary>The part of a row-to-row transform that knows what it computes: its columns, what they need, their getters.</summary>
internal interface IRowMapper
{
    /// <summary>Which input columns the given outputs need; by index, outputs counted as in <see cref="GetOutputColumns"/>.</summary>
    Func<int, bool> GetDependencies(Func<int, bool> activeOutput);

    /// <summary>One getter for each output; those of inactive outputs may be null.</summary>
    Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer);

    DataViewSchema.DetachedColumn[] GetOutputColumns();

    ITransformer GetTransformer();
}
