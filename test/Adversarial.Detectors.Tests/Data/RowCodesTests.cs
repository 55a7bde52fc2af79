using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors.Tests;

/// <summary>What networks make of many rows, some at a time.</summary>
public class RowCodesTests
{
    private const int Images = 600;

    private static readonly ImageShape _shape = new(16, 16);

    [Fact]
    public void Images_go_through_in_parts_and_give_what_each_gives_alone()
    {
        var random = new Random(1);
        FeatureMatrix images = FeatureMatrix.FromRows(Enumerable.Range(0, Images).Select(_ => Enumerable.Range(0, (int)_shape.Features).Select(_ => random.NextSingle()).ToArray()));
        FeatureScaling scaling = FeatureScaling.LearnImages(images, InputScaling.Standard, new ImageInput(_shape, NormalizesContrast: false));
        var device = new CpuDevice();
        var network = new ConvolutionalNetwork(device, "network", new MapShape(16, 16, 1), [LayerSpec.Convolution(3, new WindowSpec(3, 2, 0, 1), Activation.Tanh), new LayerSpec(2, Activation.Identity)]);
        network.Initialize(new NoiseSource(1));
        var most = 0;
        Tensor Forward(Tensor x)
        {
            most = Math.Max(most, x.Rows);
            return network.Forward(x);
        }

        float[] together = RowCodes.ColumnOf(Forward, images.Columns, device, scaling, Images, r => images[r]);
        Assert.Equal(scaling.ImageBlockRows, most);
        Assert.Equal(2 * Images, together.Length);
        var mean = new Matrix(device.Allocate(2), 0, 1, 2, 2);
        RowCodes.MeanOf(network, scaling, Images, r => images[r], mean);
        for (int i = 0; i < Images; i++)
        {
            int image = i;
            Assert.Equal(together[(2 * i)..(2 * i + 2)], RowCodes.ColumnOf(Forward, images.Columns, device, scaling, 1, _ => images[image]));
        }

        Assert.Equal(together.Where((_, i) => i % 2 == 0).Average(), device.Values(mean)[0], 1e-5);
    }
}
