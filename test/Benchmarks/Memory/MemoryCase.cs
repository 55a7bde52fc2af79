using System.Globalization;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>A fit whose memory is measured.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Shape">The images.</param>
/// <param name="Images">How many.</param>
internal sealed record MemoryCase(string Method, ImageShape Shape, int Images)
{
    private static readonly (ImageShape Shape, int Images)[] _sets = [(new(28, 28), 10_000), (new(28, 28), 40_000), (new(32, 32, 3), 10_000), (new(64, 64, 3), 2_000)];

    /// <summary>All methods that have networks for images, on each set of images.</summary>
    public static IEnumerable<MemoryCase> All =>
        from set in _sets
        from method in DetectorRegistry.All
        where method.CreateOptions() is IImageOptions
        select new MemoryCase(method.Name, set.Shape, set.Images);

    /// <summary>Bytes of the images as floats.</summary>
    public long Bytes => sizeof(float) * (long)Images * Shape.Features;

    /// <summary>What a child process is told.</summary>
    public string[] Arguments => Array.ConvertAll([Shape.Height, Shape.Width, Shape.Channels, Images], number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads the method and <see cref="Arguments"/>.</summary>
    public static MemoryCase Parse(string[] args)
    {
        int[] numbers = Array.ConvertAll(args[1..], text => int.Parse(text, CultureInfo.InvariantCulture));
        return new MemoryCase(args[0], new ImageShape(numbers[0], numbers[1], numbers[2]), numbers[3]);
    }
}
