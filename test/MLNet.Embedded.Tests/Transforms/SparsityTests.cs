using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Transforms;

public class SparsityTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void One_hot_vectors_hold_one_value()
    {
        foreach (VBuffer<float> row in Rows(_context.Transforms.Categorical.OneHotEncoding("X", "Protocol")))
        {
            Assert.False(row.IsDense);
            Assert.Equal(1, row.GetValues().Length);
        }
    }

    [Fact]
    public void Concatenation_is_sparse_up_to_half_full()
    {
        // 8 slots and 2 scalars, 3 values given: sparse; with three more scalars 6 of 13.
        IEstimator<ITransformer> few = OneHot().Append(_context.Transforms.Concatenate("X", "O", "Duration", "Duration"));
        Assert.All(Rows(few), row => Assert.False(row.IsDense));

        string[] inputs = ["O", .. Enumerable.Repeat("Duration", 8)];
        IEstimator<ITransformer> many = OneHot().Append(_context.Transforms.Concatenate("X", inputs));
        Assert.All(Rows(many), row => Assert.True(row.IsDense));
    }

    [Fact]
    public void Min_max_keeps_sparsity_only_where_zero_stays_zero()
    {
        Assert.All(Rows(OneHot().Append(_context.Transforms.NormalizeMinMax("X", "O"))), row => Assert.False(row.IsDense));
        Assert.All(Rows(OneHot().Append(_context.Transforms.NormalizeMinMax("X", "O", fixZero: false))), row => Assert.True(row.IsDense));
    }

    [Fact]
    public void Min_max_counts_the_zeros_that_sparse_rows_leave_out()
    {
        // Slot 1 is 1 or left out: its range is 0 to 1, not constant.
        IEstimator<ITransformer> estimator = OneHot().Append(_context.Transforms.NormalizeMinMax("X", "O", fixZero: false));
        Assert.All(Rows(estimator), row => Assert.Equal(1, row.DenseValues().Sum()));
    }

    [Fact]
    public void Sparse_rows_score_like_dense_ones()
    {
        IEstimator<ITransformer> pipeline = OneHot().Append(_context.Transforms.ReplaceMissingValues("D", "Duration"))
            .Append(_context.Transforms.Concatenate("X", "O", "D"));
        IDataView sparse = pipeline.Fit(Flow.Load(_context)).Transform(Flow.Load(_context));
        ITransformer model = _context.AnomalyDetection.Trainers.RandomizedPca("X", rank: 3, seed: 1).Fit(sparse);
        Vector[] dense = sparse.GetColumn<float[]>("X").Select(x => new Vector { X = x }).ToArray();
        float[] expected = model.Transform(_context.Data.LoadFromEnumerable(dense)).GetColumn<float>("Score").ToArray();
        float[] actual = model.Transform(sparse).GetColumn<float>("Score").ToArray();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    private IEstimator<ITransformer> OneHot() => _context.Transforms.Categorical.OneHotEncoding("O", "Protocol");

    private List<VBuffer<float>> Rows(IEstimator<ITransformer> estimator)
    {
        IDataView data = Flow.Load(_context);
        IDataView output = estimator.Fit(data).Transform(data);
        DataViewSchema.Column column = output.Schema["X"];
        using DataViewRowCursor cursor = output.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        var rows = new List<VBuffer<float>>();
        while (cursor.MoveNext())
        {
            VBuffer<float> row = default;
            get(ref row);
            rows.Add(row);
        }
        return rows;
    }

    private sealed class Vector
    {
        [VectorType(9)]
        public float[] X { get; set; }
    }
}
