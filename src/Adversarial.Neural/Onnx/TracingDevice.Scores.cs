using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <content>What scores end in: sums over rows, in double precision as on the processor.</content>
public sealed partial class TracingDevice
{
    private const double LeastNorm = 1e-6;
    private const double MostEnergy = 1e30;

    private OnnxValue Wide(OnnxValue value) => _graph.Cast(value, OnnxType.Double);

    private OnnxValue Narrow(OnnxValue value) => _graph.Cast(value, OnnxType.Single);

    private OnnxValue Norm(OnnxValue wide) => _graph.Add("Sqrt", [_graph.ReduceColumns("ReduceSumSquare", wide)]);

    /// <inheritdoc/>
    public void RowDistance(in Matrix a, in Matrix b, in Matrix y, bool euclidean)
    {
        OnnxValue? value = null;
        if (Reads(a, b))
        {
            OnnxValue difference = Wide(b.IsNone ? Rows(a) : _graph.Difference(Rows(a), Rows(b)));
            value = Narrow(euclidean ? Norm(difference) : _graph.ReduceColumns("ReduceSum", _graph.Add("Abs", [difference])));
        }

        _inner.RowDistance(a, b, y, euclidean);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void ReconstructionFeatures(in Matrix rows, in Matrix reconstruction, in Matrix y)
    {
        OnnxValue? value = null;
        if (Reads(rows, reconstruction))
        {
            OnnxValue a = Wide(Rows(rows)), b = Wide(Rows(reconstruction));
            OnnxValue distance = Norm(_graph.Difference(a, b)), product = _graph.ReduceColumns("ReduceSum", _graph.Product(a, b));
            OnnxValue ofA = AtLeast(Norm(a)), ofB = AtLeast(Norm(b));
            value = Narrow(_graph.Join(_graph.Add("Div", [distance, ofA]), _graph.Add("Div", [product, _graph.Product(ofA, ofB)])));
        }

        _inner.ReconstructionFeatures(rows, reconstruction, y);
        Write(y, value);

        OnnxValue AtLeast(OnnxValue norm) => _graph.Add("Max", [norm, _graph.Scalar(LeastNorm, OnnxType.Double)]);
    }

    /// <inheritdoc/>
    public void RowMixtureEnergy(in Matrix points, in Matrix mixture, in Matrix y)
    {
        OnnxValue? value = null;
        if (Reads(points, mixture))
        {
            int d = points.Columns, components = mixture.Rows, width = mixture.Columns;
            float[] numbers = ValuesOf(mixture);
            var (offsets, means, roots) = (new double[components], new double[components * d], new double[components * d * d]);
            for (int k = 0; k < components; k++)
            {
                ReadOnlySpan<float> own = numbers.AsSpan(k * width, width);
                offsets[k] = own[0];
                for (int i = 0; i < d * (d + 1); i++)
                    (i < d ? means : roots)[i < d ? k * d + i : k * d * d + (i - d)] = i < d || (i - d) % d <= (i - d) / d ? own[1 + i] : 0;
            }

            OnnxValue energy = _graph.MixtureEnergy(Rows(points), offsets, means, roots, d);
            value = Narrow(_graph.Clip(energy, -MostEnergy, MostEnergy));
        }

        _inner.RowMixtureEnergy(points, mixture, y);
        Write(y, value);
    }
}
