using Adversarial.Neural;

namespace Adversarial.Detectors.Tests;

public class DsebmTests
{
    [Theory]
    [InlineData(5, 10, 20)]
    [InlineData(60, 120, 240)]
    [InlineData(61, 128, 512)]
    [InlineData(500, 128, 512)]
    public void Sizes_follow_the_width(int columns, int first, int second) => Assert.Equal([first, second], DsebmDetector.SizesOf(columns));

    // The closed form against central differences of the energy itself.
    [Theory]
    [InlineData(4)]
    [InlineData(4, 3)]
    [InlineData(6, 4, 3)]
    public void A_denoised_row_is_the_row_less_the_gradient_of_its_energy(params int[] sizes)
    {
        const int Columns = 5;
        const double Step = 1e-5;
        var device = new ReferenceDevice();
        var network = new EnergyNetwork(device, Columns, sizes);
        var noise = new NoiseSource(3);
        noise.Begin(1);
        network.Initialize(noise);
        network.Offset = [0.1f, -0.2f, 0.3f, 0, 0.5f];
        float[] row = [0.4f, -1, 0.7f, 2, -0.3f];
        var tape = new Tape(device, recording: false);

        double Energy(int column, double change)
        {
            Tensor x = tape.Constant(row, 1, Columns);
            ReferenceDevice.Write(x.Value, 0, column, row[column] + change);
            return ReferenceDevice.Read(network.Energy(x).Value, 0, 0);
        }

        Tensor denoised = network.Denoise(tape.Constant(row, 1, Columns));
        for (int c = 0; c < Columns; c++)
        {
            double gradient = (Energy(c, Step) - Energy(c, -Step)) / (2 * Step);
            Assert.Equal(row[c] - gradient, ReferenceDevice.Read(denoised.Value, 0, c), 1e-6);
        }
    }

    [Fact]
    public void Energy_and_reconstruction_are_two_scores_of_one_model()
    {
        FeatureMatrix rows = SmallModels.Rows;
        Detector energy = SmallModels.Fit("DSEBM-e", Single), reconstruction = SmallModels.Fit("DSEBM-r", Single);
        static float[] Weights(Detector detector)
        {
            Network network = ((NetworkDetector)detector).Networks[0];
            var values = new float[network.Parameters.Count];
            network.Parameters.Device.Download(network.Parameters.Values, values);
            return values;
        }

        Assert.Equal(Weights(energy), Weights(reconstruction));
        Assert.NotEqual(energy.Score(rows), reconstruction.Score(rows));
    }

    private static void Single(DetectorOptions options) => ((NetworkDetectorOptions)options).EnsembleSize = 1;
}
