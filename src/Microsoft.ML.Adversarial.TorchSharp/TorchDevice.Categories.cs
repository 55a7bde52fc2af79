using System.Buffers;
using Adversarial.Neural;
using Adversarial.Numerics;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Microsoft.ML.Adversarial;

/// <content>Groups of columns of which one is chosen.</content>
public sealed partial class TorchDevice
{
    // The least uniform number that becomes noise: its logarithm is to be finite.
    private const float LeastUniform = 1f / (1 << 25);

    /// <inheritdoc/>
    public void SampleCategories(in Matrix logits, ColumnGroups groups, float temperature, RandomStream? stream, in Matrix y)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor x = View(logits), noisy = stream is { } random ? x.clone().Increase(Gumbel(random, logits.Rows, logits.Columns)) : x, sample = x.sigmoid();
        foreach ((int start, int length) in groups.Groups)
            sample.narrow(1, start, length).copy_(Scale(noisy.narrow(1, start, length).clone(), 1.0 / temperature).softmax(1));
        View(y).copy_(sample);
    }

    private TorchTensor Gumbel(RandomStream stream, int rows, int columns)
    {
        float[] uniform = ArrayPool<float>.Shared.Rent(rows * columns);
        Span<float> drawn = uniform.AsSpan(0, rows * columns);
        RandomFill.Uniform(stream, 0, drawn, LeastUniform, 1);
        TorchTensor noise = OnDevice(drawn, rows, columns).log_().neg_().log_().neg_();
        ArrayPool<float>.Shared.Return(uniform);
        return noise;
    }

    /// <inheritdoc/>
    public void TakeLargest(in Matrix x, ColumnGroups groups, in Matrix y)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor from = View(x), taken = from.clone(), ones = torch.ones(x.Rows, 1, torch.float32, _device);
        foreach ((int start, int length) in groups.Groups)
        {
            TorchTensor largest = from.narrow(1, start, length).argmax(1, keepdim: true);
            taken.narrow(1, start, length).copy_(torch.zeros(x.Rows, length, torch.float32, _device).scatter_(1, largest, ones));
        }

        View(y).copy_(taken);
    }

    /// <inheritdoc/>
    public void SampleCategoriesGradient(
        in Matrix y, ColumnGroups groups, float temperature, in Matrix dy, in Matrix dx, bool accumulate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchTensor sample = View(y), upstream = View(dy), gradient = sample.neg().Increase(1).mul_(sample).mul_(upstream);
        foreach ((int start, int length) in groups.Groups)
        {
            TorchTensor part = sample.narrow(1, start, length), given = upstream.narrow(1, start, length);
            gradient.narrow(1, start, length).copy_(Scale(given.sub(SumOfColumns(part.mul(given))).mul_(part), 1.0 / temperature));
        }

        Write(dx, gradient, accumulate);
    }
}
