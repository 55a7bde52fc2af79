using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <summary>
/// Where images are odd: for each pixel how much the reconstruction leaves of it, over what is left there of normal images, so that about 1 is
/// usual. Of an ensemble it is the mean of the members' maps. It works on one thread.
/// </summary>
public sealed class AnomalyMapper
{
    private readonly NetworkDetector _detector;
    private readonly FeatureScaling _scaling;
    private readonly Tape _tape = new(new CpuDevice(), recording: false);
    private readonly float[] _scaled;

    internal AnomalyMapper(NetworkDetector detector, FeatureScaling scaling, ImageShape shape)
    {
        _detector = detector;
        _scaling = scaling;
        _scaled = new float[detector.Columns];
        Height = shape.Height;
        Width = shape.Width;
    }

    /// <summary>Lines of a map.</summary>
    public int Height { get; }

    /// <summary>Pixels of a line.</summary>
    public int Width { get; }

    /// <summary>Maps one image.</summary>
    /// <param name="row">An image, laid out as the training rows: as many values as the detector has features.</param>
    /// <param name="map">Gets <see cref="Height"/> x <see cref="Width"/> numbers, line by line, at least 0.</param>
    /// <exception cref="ArgumentException">One of the two has another length, or a feature is NaN or infinite.</exception>
    public void Map(ReadOnlySpan<float> row, Span<float> map)
    {
        if (row.Length != _scaled.Length)
            throw new ArgumentException($"A row has {row.Length} features where {_scaled.Length} are expected.", nameof(row));
        if (map.Length != Height * Width)
            throw new ArgumentException($"There is room for {map.Length} pixels where a map has {Height} x {Width}.", nameof(map));
        if (!_scaling.Apply(row, _scaled))
            throw new ArgumentException("A feature is NaN or infinite: an image with such a value has no map.", nameof(row));
        map.Clear();
        _detector.AddMap(_tape, _scaled, map, share: 1);
    }
}
