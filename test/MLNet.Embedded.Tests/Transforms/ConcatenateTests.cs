using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Transforms;

public class ConcatenateTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Alone_it_fits_whatever_the_columns_and_fails_when_applied()
    {
        IDataView data = Flow.Load(_context);
        ITransformer missing = _context.Transforms.Concatenate("X", "Duration", "Nope").Fit(data);
        Assert.Throws<ArgumentOutOfRangeException>("inputSchema", () => missing.Transform(data));
        ITransformer mixed = _context.Transforms.Concatenate("X", "Duration", "Bytes").Fit(data);
        Assert.Throws<ArgumentOutOfRangeException>("inputSchema", () => mixed.GetOutputSchema(data.Schema));
    }

    [Fact]
    public void A_vector_alone_passes_as_it_is()
    {
        IDataView data = Flow.Load(_context);
        IEstimator<ITransformer> pipeline = _context.Transforms.Categorical.OneHotEncoding("O", "Protocol")
            .Append(_context.Transforms.Concatenate("X", "O"));
        DataViewSchema schema = pipeline.Fit(data).GetOutputSchema(data.Schema);
        Assert.Equal(schema["O"].Annotations.Schema.Select(kind => kind.Name), schema["X"].Annotations.Schema.Select(kind => kind.Name));
    }

    [Fact]
    public void Normalized_survives_only_if_all_inputs_have_it()
    {
        IDataView data = Flow.Load(_context);
        IEstimator<ITransformer> pipeline = _context.Transforms.NormalizeMinMax([new("A", "Duration"), new("B", "Flags")])
            .Append(_context.Transforms.Concatenate("Both", "A", "B"))
            .Append(_context.Transforms.Concatenate("One", "A", "Flags"));
        DataViewSchema schema = pipeline.Fit(data).GetOutputSchema(data.Schema);
        Assert.True(schema["Both"].IsNormalized());
        Assert.False(schema["One"].IsNormalized());
    }

    [Fact]
    public void Reads_only_what_it_needs()
    {
        IDataView data = Flow.Load(_context);
        ITransformer model = _context.Transforms.Concatenate("X", "Duration", "Flags").Fit(data);
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        Assert.Equal(["Duration", "Flags"], mapper.GetDependencies([mapper.OutputSchema["X"]]).Select(column => column.Name));
        Assert.Equal(["Bytes"], mapper.GetDependencies([mapper.OutputSchema["Bytes"]]).Select(column => column.Name));
    }
}
