using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Embedded.Tests.Chains;

public sealed class ChainTests
{
    private readonly MLContext _context = new(seed: 1);
    private int _passes;

    [Fact]
    public void MistakesShowBeforeTheFirstPass()
    {
        var chain = _context.Transforms.NormalizeMinMax("X").Append(_context.Transforms.Concatenate("F", "X", "Nope"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(Data()));
        Assert.Equal(0, _passes);
    }

    [Fact]
    public void PcaPipelineReadsTheSourceThreeTimesAndOnceWithACheckpoint()
    {
        var concat = _context.Transforms.Concatenate("F", "X", "Y");
        var norm = _context.Transforms.NormalizeMinMax("F");
        var pca = _context.AnomalyDetection.Trainers.RandomizedPca("F", rank: 1, seed: 1);
        concat.Append(norm).Append(pca).Fit(Data());
        Assert.Equal(3, _passes);
        _passes = 0;
        concat.AppendCacheCheckpoint(_context).Append(norm).Append(pca).Fit(Data());
        Assert.Equal(1, _passes);
    }

    [Fact]
    public void CheckpointsLeaveNothingInTheModelAndDoNothingAtTheEnd()
    {
        var chain = _context.Transforms.Concatenate("F", "X", "Y").AppendCacheCheckpoint(_context)
            .Append(_context.Transforms.NormalizeMinMax("F")).AppendCacheCheckpoint(_context);
        TransformerChain<NormalizingTransformer> model = chain.Fit(Data());
        Assert.Equal(2, model.Count());
        Assert.Equal(1, _passes);
    }

    [Fact]
    public void OnFitDelegateSeesTheFittedTransformer()
    {
        NormalizingTransformer seen = null;
        ITransformer fitted = _context.Transforms.NormalizeMinMax("X").WithOnFitDelegate(transformer => seen = transformer).Fit(Data());
        Assert.NotNull(seen);
        Assert.Same(fitted, seen);
    }

    [Fact]
    public void ScopesSelectTransformers()
    {
        var chain = _context.Transforms.CopyColumns("A", "X")
            .Append(_context.Transforms.CopyColumns("B", "X"), TransformerScope.TrainTest)
            .Append(_context.Transforms.CopyColumns("C", "X"), TransformerScope.Scoring);
        var model = chain.Fit(Data());
        Assert.Equal(["X", "Y", "A", "B"], model.Transform(Data(), TransformerScope.Training).Schema.Select(column => column.Name));
        Assert.Equal(["X", "Y", "A", "C"], model.GetOutputSchema(Data().Schema, TransformerScope.Scoring).Select(column => column.Name));
        Assert.Equal(2, model.GetModelFor(TransformerScope.Testing).Count());
    }

    [Fact]
    public void EmptyChainChangesNothing()
    {
        var model = new EstimatorChain<ITransformer>().Fit(Data());
        Assert.Null(model.LastTransformer);
        Assert.Equal(["X", "Y"], model.Transform(Data()).Schema.Select(column => column.Name));
    }

    [Fact]
    public void LastTransformerHasItsType()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransformerChain<NormalizingTransformer>(
            _context.Transforms.CopyColumns("A", "X").Fit(Data())));
    }

    private IDataView Data() => _context.Data.LoadFromEnumerable(Rows());

    private IEnumerable<Row> Rows()
    {
        _passes++;
        var random = new Random(1);
        for (int i = 0; i < 50; i++)
            yield return new Row { X = (float)random.NextDouble(), Y = (float)random.NextDouble() };
    }

    private sealed class Row
    {
        public float X { get; set; }

        public float Y { get; set; }
    }
}
