using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <content>
/// Operations on rows, element by element and by products. Nodes are written before the work is done: what is constant may be overwritten by it.
/// </content>
public sealed partial class TracingDevice
{
    /// <inheritdoc/>
    public Storage Allocate(int length) => _inner.Allocate(length);

    /// <inheritdoc/>
    public void Upload(ReadOnlySpan<float> source, in Matrix destination)
    {
        _inner.Upload(source, destination);
        _memory.Forget(destination);
    }

    /// <inheritdoc/>
    public void Fill(in Matrix y, float value)
    {
        _inner.Fill(y, value);
        _memory.Forget(y);
    }

    /// <inheritdoc/>
    public void Add(in Matrix x, float scale, in Matrix y, bool accumulate)
    {
        OnnxValue? value = null;
        if (Reads(x, accumulate ? y : default))
        {
            OnnxValue to = accumulate ? Rows(y) : default;
            value = !accumulate ? _graph.Scale(Rows(x), scale)
                : scale == -1 ? _graph.Difference(to, Rows(x)) : _graph.Sum(to, _graph.Scale(Rows(x), scale));
        }

        _inner.Add(x, scale, y, accumulate);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void Multiply(in Matrix a, in Matrix b, in Matrix y, bool accumulate)
    {
        OnnxValue? value = null;
        if (Reads(a, b, accumulate ? y : default))
        {
            OnnxValue product = _graph.Product(Rows(a), Rows(b));
            value = accumulate ? _graph.Sum(Rows(y), product) : product;
        }

        _inner.Multiply(a, b, y, accumulate);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void Clamp(in Matrix x, float low, float high)
    {
        OnnxValue? value = Reads(x) ? _graph.Clip(Rows(x), low, high) : null;
        _inner.Clamp(x, low, high);
        Write(x, value);
    }

    /// <inheritdoc/>
    public void Activate(in Matrix x, in Matrix y, Activation activation)
    {
        OnnxValue? value = Reads(x) ? _graph.Activate(Rows(x), activation) : null;
        _inner.Activate(x, y, activation);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void Linear(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, bool accumulate, Activation activation,
        in DropoutMask dropout)
    {
        OnnxValue? value = null;
        if (Reads(x, weights, accumulate ? y : default))
        {
            OnnxValue product = _graph.Add("MatMul", [Rows(x), Constant(weights)]);
            value = Finish(accumulate ? _graph.Sum(Rows(y), product) : product, scale, bias, activation, dropout);
        }

        _inner.Linear(x, weights, scale, bias, y, accumulate, activation, dropout);
        Write(y, value);
    }

    private OnnxValue Finish(OnnxValue product, in Matrix scale, in Matrix bias, Activation activation, in DropoutMask dropout)
    {
        if (!dropout.Bits.IsNone)
            throw Refused("dropout");
        if (!scale.IsNone)
            product = _graph.Product(product, Constant(scale));
        if (!bias.IsNone)
            product = _graph.Sum(product, Constant(bias));
        return _graph.Activate(product, activation);
    }

    /// <inheritdoc/>
    public void LinearInputGradient(in Matrix dy, in Matrix weights, in Matrix dx, bool accumulate,
        in Matrix activated, Activation activation, in DropoutMask dropout)
    {
        OnnxValue? value = null;
        if (Reads(dy, weights, accumulate ? dx : default) || Reads(activated))
        {
            Refuse("a gradient through activations", activated);
            OnnxValue product = _graph.Add("MatMul", [Rows(dy), _graph.Add("Transpose", [Constant(weights)], OnnxAttribute.Integers("perm", 1, 0))]);
            value = accumulate ? _graph.Sum(Rows(dx), product) : product;
        }

        _inner.LinearInputGradient(dy, weights, dx, accumulate, activated, activation, dropout);
        Write(dx, value);
    }

    /// <inheritdoc/>
    public void MeanAndVariance(in Matrix x, bool ofRows, in Matrix mean, in Matrix variance)
    {
        OnnxValue? means = null, variances = null;
        if (Reads(x))
        {
            if (!ofRows)
                throw Refused("statistics over all rows");
            OnnxValue rows = Rows(x), average = _graph.ReduceColumns("ReduceMean", rows), distance = _graph.Difference(rows, average);
            (means, variances) = (average, _graph.ReduceColumns("ReduceMean", _graph.Product(distance, distance)));
        }

        _inner.MeanAndVariance(x, ofRows, mean, variance);
        Write(ofRows ? Upright(mean) : mean, means);
        Write(ofRows ? Upright(variance) : variance, variances);
    }

    // A number for each row, which the device has side by side.
    private static Matrix Upright(in Matrix row) => new(row.Storage, row.Offset, row.Columns, 1, 1);

    /// <inheritdoc/>
    public void InverseRoot(in Matrix x, float epsilon, in Matrix y)
    {
        OnnxValue? value = null;
        Matrix to = y;
        if (Reads(x))
        {
            Matrix from = _memory.AsWritten(x);
            to = new Matrix(y.Storage, y.Offset, from.Rows, from.Columns, from.Columns);
            value = _graph.Add("Reciprocal", [_graph.Add("Sqrt", [_graph.Shift(Rows(from), epsilon)])]);
        }

        _inner.InverseRoot(x, epsilon, y);
        Write(to, value);
    }

    /// <inheritdoc/>
    public void Normalize(in Matrix x, in Moments moments, in Matrix scale, in Matrix shift, in Matrix y, Activation activation, in DropoutMask dropout)
    {
        OnnxValue? value = null;
        if (Reads(x, moments.Values))
        {
            (OnnxValue mean, OnnxValue inverse) = moments.OfRows
                ? (Rows(Upright(moments.Mean)), Rows(Upright(moments.Inverse)))
                : (Constant(moments.Mean), Constant(moments.Inverse));
            value = Finish(_graph.Product(_graph.Difference(Rows(x), mean), inverse), scale, shift, activation, dropout);
        }

        _inner.Normalize(x, moments, scale, shift, y, activation, dropout);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y)
    {
        OnnxValue? value = null;
        if (Reads(logits))
        {
            if (stream is not null)
                throw Refused("random draws by its rows");
            OnnxValue rows = Rows(logits);
            value = InStretches(rows, groups, part => _graph.Add("Softmax", [_graph.Scale(part, 1 / temperature)], OnnxAttribute.Of("axis", 1)),
                part => _graph.Add("Sigmoid", [part]));
        }

        _inner.SampleCategories(logits, groups, temperature, stream, y);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y)
    {
        OnnxValue? value = null;
        if (Reads(x))
            value = InStretches(Rows(x), groups, Largest, part => part);
        _inner.TakeLargest(x, groups, y);
        Write(y, value);

        OnnxValue Largest(OnnxValue part, int width) => _graph.Add("OneHot", OnnxType.Single,
            [_graph.Add("ArgMax", OnnxType.Int64, [part], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0L)), _graph.Constant([(long)width]), _graph.Constant([0f, 1f], 2)]);
    }

    private OnnxValue InStretches(OnnxValue rows, ColumnGroups groups, Func<OnnxValue, OnnxValue> ofGroup, Func<OnnxValue, OnnxValue> ofOthers) =>
        InStretches(rows, groups, (part, _) => ofGroup(part), ofOthers);

    private OnnxValue InStretches(OnnxValue rows, ColumnGroups groups, Func<OnnxValue, int, OnnxValue> ofGroup, Func<OnnxValue, OnnxValue> ofOthers)
    {
        var parts = new List<(int Start, OnnxValue Value)>();
        foreach ((int start, int length) in groups.Groups)
            parts.Add((start, ofGroup(_graph.Columns(rows, start, length), length)));
        foreach ((int start, int length) in groups.Others)
            parts.Add((start, ofOthers(_graph.Columns(rows, start, length))));
        return _graph.Join([.. parts.OrderBy(part => part.Start).Select(part => part.Value)]);
    }
}
