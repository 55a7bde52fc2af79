using Adversarial.Numerics;

namespace Adversarial.Neural;

/// <content>Images, which ONNX keeps channel by channel and the device pixel by pixel.</content>
public sealed partial class TracingDevice
{
    private OnnxValue ToChannels(OnnxValue pixels, int height, int width, int channels) =>
        _graph.Add("Transpose", [_graph.Reshape(pixels, -1, height, width, channels)], OnnxAttribute.Integers("perm", 0, 3, 1, 2));

    private OnnxValue ToPixels(OnnxValue maps, int channels) =>
        _graph.Reshape(_graph.Add("Transpose", [maps], OnnxAttribute.Integers("perm", 0, 2, 3, 1)), -1, channels);

    private static OnnxAttribute[] Window(in WindowAxis rows, in WindowAxis columns) =>
    [
        OnnxAttribute.Integers("kernel_shape", rows.Window, columns.Window),
        OnnxAttribute.Integers("strides", rows.Stride, columns.Stride),
        OnnxAttribute.Integers("pads", rows.Before, columns.Before, rows.After, columns.After),
    ];

    // From [window pixels, input channels, output channels] to [output channels, input channels, window].
    private OnnxValue Filters(in Matrix weights, in ConvolutionShape shape)
    {
        float[] values = ValuesOf(weights);
        int taps = shape.Rows.Window * shape.Columns.Window, inputs = shape.InputChannels, outputs = shape.OutputChannels;
        var filters = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int tap, int input, int output) = (i / outputs / inputs, i / outputs % inputs, i % outputs);
            filters[(output * inputs + input) * taps + tap] = values[i];
        }

        return _graph.Constant(filters, outputs, inputs, shape.Rows.Window, shape.Columns.Window);
    }

    /// <inheritdoc/>
    public void Convolve(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
        OnnxValue? value = null;
        if (Reads(x, weights, accumulate ? y : default))
        {
            OnnxValue maps = ToChannels(Rows(x), shape.Rows.Input, shape.Columns.Input, shape.InputChannels);
            OnnxValue product = ToPixels(_graph.Add("Conv", [maps, Filters(weights, shape)], Window(shape.Rows, shape.Columns)), shape.OutputChannels);
            value = Finish(accumulate ? _graph.Sum(Rows(y), product) : product, scale, bias, activation, dropout);
        }

        _inner.Convolve(x, weights, scale, bias, y, shape, accumulate, activation, dropout);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void ConvolveTransposed(in Matrix x, in Matrix weights, in Matrix scale, in Matrix bias, in Matrix y, in ConvolutionShape shape, bool accumulate,
        Activation activation, in DropoutMask dropout)
    {
        OnnxValue? value = null;
        if (Reads(x, weights, accumulate ? y : default))
        {
            OnnxValue maps = ToChannels(Rows(x), shape.Rows.Output, shape.Columns.Output, shape.OutputChannels);
            OnnxAttribute[] window = [.. Window(shape.Rows, shape.Columns), OnnxAttribute.Integers("output_padding", Unread(shape.Rows), Unread(shape.Columns))];
            OnnxValue product = ToPixels(_graph.Add("ConvTranspose", [maps, Filters(weights, shape)], window), shape.InputChannels);
            value = Finish(accumulate ? _graph.Sum(Rows(y), product) : product, scale, bias, activation, dropout);
        }

        _inner.ConvolveTransposed(x, weights, scale, bias, y, shape, accumulate, activation, dropout);
        Write(y, value);
    }

    // What is left behind the last place of the window.
    private static int Unread(in WindowAxis axis) => (axis.Padded - axis.Window) % axis.Stride;

    /// <inheritdoc/>
    public void Pool(in Matrix x, in Matrix y, in PoolingShape shape, bool ofMeans)
    {
        OnnxValue? value = null;
        if (Reads(x))
        {
            OnnxValue maps = ToChannels(Rows(x), shape.Rows.Input, shape.Columns.Input, shape.Channels);
            value = ToPixels(_graph.Add(ofMeans ? "AveragePool" : "MaxPool", [maps], Window(shape.Rows, shape.Columns)), shape.Channels);
        }

        _inner.Pool(x, y, shape, ofMeans);
        Write(y, value);
    }

    /// <inheritdoc/>
    public void Upsample(in Matrix x, in Matrix y, int height, int width, int factor)
    {
        OnnxValue? value = null;
        if (Reads(x))
        {
            OnnxValue apart = _graph.Reshape(Rows(x), -1, height, 1, width, 1, x.Columns);
            OnnxValue repeated = _graph.Add("Expand", [apart, _graph.Constant([1L, 1, factor, 1, factor, 1], 6)]);
            value = _graph.Reshape(repeated, -1, x.Columns);
        }

        _inner.Upsample(x, y, height, width, factor);
        Write(y, value);
    }
}
