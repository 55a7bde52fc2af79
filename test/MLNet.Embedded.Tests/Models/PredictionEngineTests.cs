using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Models;

public sealed class PredictionEngineTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void GivesANewObjectOrFillsTheGivenOne()
    {
        using var engine = _context.Model.CreatePredictionEngine<Input, Output>(Model());
        Output first = engine.Predict(new Input { V = [1, 2] });
        Output second = engine.Predict(new Input { V = [2, 3] });
        Assert.NotSame(first, second);
        Assert.Equal((9, 15), (first.Sum, second.Sum));

        Output kept = first;
        engine.Predict(new Input { V = [0, 1] }, ref kept);
        Assert.Same(first, kept);
        Assert.Equal(3, first.Sum);

        Output none = null;
        engine.Predict(new Input { V = [1, 1] }, ref none);
        Assert.Equal(6, none.Sum);
    }

    [Fact]
    public void VectorsOfPredictionsAreTheirOwn()
    {
        using var engine = _context.Model.CreatePredictionEngine<Input, VectorOutput>(Model());
        VectorOutput first = engine.Predict(new Input { V = [1, 2] });
        VectorOutput second = engine.Predict(new Input { V = [3, 4] });
        Assert.Equal([1f, 2], first.V);
        Assert.Equal([3f, 4], second.V);
    }

    [Fact]
    public void SparseTypesKeepTheirOwnArraysToo()
    {
        using var engine = _context.Model.CreatePredictionEngine<Input, BufferOutput>(Model());
        BufferOutput first = engine.Predict(new Input { V = [1, 2] });
        engine.Predict(new Input { V = [3, 4] });
        Assert.Equal([1f, 2], first.V.DenseValues());
    }

    [Fact]
    public void WorksOnChainsAndOnLoadedSchemas()
    {
        IDataView data = _context.Data.LoadFromEnumerable(new[] { new Input { V = [1, 2] }, new Input { V = [2, 8] } });
        ITransformer model = _context.Transforms.NormalizeMinMax("V").Append(_context.Transforms.Concatenate("F", "V")).Fit(data)
            .Append(Model());
        using var engine = _context.Model.CreatePredictionEngine<LooseInput, Output>(model, data.Schema);
        Assert.Equal(3f, engine.Predict(new LooseInput { V = [1, 4] }).Sum);
        Assert.Equal(["V", "V", "F", "Sum"], engine.OutputSchema.Select(column => column.Name));
    }

    [Fact]
    public void OwnsItsTransformerUnlessToldOtherwise()
    {
        int disposed = 0;
        ITransformer Disposable() => new TransformerChain<ITransformer>(new DisposableTransformer(() => disposed++));
        _context.Model.CreatePredictionEngine<Input, Output>(Disposable()).Dispose();
        Assert.Equal(1, disposed);
        var borrows = new PredictionEngineOptions { OwnsTransformer = false };
        _context.Model.CreatePredictionEngine<Input, Output>(Disposable(), borrows).Dispose();
        Assert.Equal(1, disposed);
    }

    [Fact]
    public void NeedsRowMappers()
    {
        var model = new DisposableTransformer(() => { }) { IsRowToRowMapper = false };
        Assert.Throws<InvalidOperationException>(() => _context.Model.CreatePredictionEngine<Input, Output>(model));
    }

    [Fact]
    public void PredictsWithoutAllocatingOnceWarm()
    {
        using var engine = _context.Model.CreatePredictionEngine<Input, Output>(Model());
        var input = new Input { V = [1, 2] };
        var output = new Output();
        for (int i = 0; i < 100; i++)
            engine.Predict(input, ref output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            engine.Predict(input, ref output);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static OutsideTransformer Model() => new("V", "Sum", 3);

    private sealed class Input
    {
        [VectorType(2)]
        public float[] V { get; set; }
    }

    private sealed class LooseInput
    {
        public float[] V { get; set; }
    }

    private sealed class Output
    {
        public float Sum { get; set; }
    }

    private sealed class VectorOutput
    {
        public float[] V { get; set; }
    }

    private sealed class BufferOutput
    {
        public VBuffer<float> V { get; set; }
    }

    private sealed class DisposableTransformer(Action onDispose) : ITransformer, IDisposable
    {
        private readonly OutsideTransformer _inner = Model();

        public bool IsRowToRowMapper { get; init; } = true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => ((ITransformer)_inner).GetOutputSchema(inputSchema);

        public IDataView Transform(IDataView input) => _inner.Transform(input);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _inner.GetRowToRowMapper(inputSchema);

        public void Save(ModelSaveContext ctx) => _inner.Save(ctx);

        public void Dispose() => onDispose();
    }
}
