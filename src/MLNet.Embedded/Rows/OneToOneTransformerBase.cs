using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer that makes each output column from exactly one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected readonly (string outputColumnName, string inputColumnName)[] ColumnPairs;

    private protected OneToOneTransformerBase(IHost host, (string outputColumnName, string inputColumnName)[] columns) : base(host)
    {
        Errors.CheckValue(columns, nameof(columns));
        ColumnPairs = columns;
    }

    private protected OneToOneTransformerBase(IHost host, ModelLoadContext ctx) : base(host)
    {
        int count = ctx.Reader.ReadInt32();
        Errors.CheckDecode(count > 0);
        ColumnPairs = new (string, string)[count];
        for (int i = 0; i < count; i++)
            ColumnPairs[i] = (ctx.LoadNonEmptyString(), ctx.LoadNonEmptyString());
    }

    /// <summary>The input column of each pair, checked.</summary>
    internal int[] BindInputColumns(DataViewSchema inputSchema)
    {
        var bound = new int[ColumnPairs.Length];
        for (int i = 0; i < bound.Length; i++)
        {
            if (!inputSchema.TryGetColumnIndex(ColumnPairs[i].inputColumnName, out bound[i]))
                throw Errors.ColumnNotFound(nameof(inputSchema), "input", ColumnPairs[i].inputColumnName);
            CheckInputColumn(inputSchema, i, bound[i]);
        }

        return bound;
    }

    private protected void SaveColumns(ModelSaveContext ctx)
    {
        ctx.Writer.Write(ColumnPairs.Length);
        foreach ((string output, string input) in ColumnPairs)
        {
            ctx.SaveNonEmptyString(output);
            ctx.SaveNonEmptyString(input);
        }
    }

    private protected virtual void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
    }
}
