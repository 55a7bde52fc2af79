using Adversarial.Neural;

namespace Adversarial.Benchmarks;

/// <summary>Steps and scores of networks on images, on the calling thread.</summary>
internal sealed class ImageTraining
{
    private readonly Tape _training;
    private readonly Tape _scoring;
    private readonly Matrix _images;
    private readonly ConvolutionalNetwork _encoder;
    private readonly ConvolutionalNetwork? _decoder;
    private readonly Adam _adam;
    private readonly NoiseSource _noise = new(1);

    public ImageTraining(ImageNetworks networks)
    {
        var device = new CpuDevice();
        _training = new Tape(device);
        _scoring = new Tape(device, recording: false);
        _images = ImageBenchmark.Images(device, networks.Input, networks.Batch);
        _encoder = new ConvolutionalNetwork(device, "encoder", networks.Input, networks.Encoder);
        _decoder = networks.Decoder is null ? null : new ConvolutionalNetwork(device, "decoder", new MapShape(1, 1, _encoder.Outputs), networks.Decoder);
        Network[] all = _decoder is null ? [_encoder] : [_encoder, _decoder];
        foreach (Network network in all)
            network.Initialize(_noise);
        _adam = new Adam(new AdamSettings(1e-4f), all);
        Parameters = all.Sum(network => network.Parameters.LongCount);
    }

    /// <summary>Numbers that are trained.</summary>
    public long Parameters { get; }

    /// <summary>One update.</summary>
    public void Step()
    {
        _training.Reset();
        _adam.Minimize(Loss(_training, _noise));
    }

    /// <summary>The loss of the images with frozen networks.</summary>
    public void Score()
    {
        _scoring.Reset();
        Loss(_scoring, noise: null).Scalar();
    }

    private Tensor Loss(Tape tape, NoiseSource? noise)
    {
        Tensor images = tape.Over(_images);
        Tensor code = _encoder.Forward(images, noise);
        return _decoder is null ? Functions.MeanSquare(code) : Functions.MeanSquaredError(_decoder.Forward(code, noise), images);
    }
}
