using System.Buffers.Binary;
using System.IO.Compression;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>MNIST: 28 x 28 gray pixels from 0 to 255, the 60,000 training images before the 10,000 of the test.</summary>
internal sealed class DigitImages
{
    /// <summary>Images of the official training part, which stand first.</summary>
    public const int TrainingImages = 60_000;

    private const int Side = 28;
    private const int ImagesMagic = 0x803;
    private const int LabelsMagic = 0x801;

    private readonly byte[] _pixels;
    private readonly byte[] _digits;

    private DigitImages(byte[] pixels, byte[] digits) => (_pixels, _digits) = (pixels, digits);

    /// <summary>The shape of an image.</summary>
    public static ImageShape Shape { get; } = new(Side, Side);

    /// <summary>Number of images.</summary>
    public int Count => _digits.Length;

    /// <summary>The digit on an image.</summary>
    public int DigitOf(int image) => _digits[image];

    /// <summary>Reads the four files of a folder.</summary>
    public static DigitImages Read(string folder)
    {
        byte[] Part(string name, int magic, int header)
        {
            using var file = new GZipStream(File.OpenRead(Path.Combine(folder, name)), CompressionMode.Decompress);
            using var content = new MemoryStream();
            file.CopyTo(content);
            byte[] bytes = content.ToArray();
            return BinaryPrimitives.ReadInt32BigEndian(bytes) == magic ? bytes[header..] : throw new InvalidDataException($"{name} does not begin as a file of MNIST does.");
        }

        return new DigitImages(
            [.. Part("mnist-train-images-idx3-ubyte.gz", ImagesMagic, 16), .. Part("mnist-t10k-images-idx3-ubyte.gz", ImagesMagic, 16)],
            [.. Part("mnist-train-labels-idx1-ubyte.gz", LabelsMagic, 8), .. Part("mnist-t10k-labels-idx1-ubyte.gz", LabelsMagic, 8)]);
    }

    /// <summary>Images as rows of pixels in [0, 1].</summary>
    public FeatureMatrix Rows(IEnumerable<int> images)
    {
        var rows = new FeatureMatrix(Side * Side);
        foreach (int image in images)
        {
            Span<float> row = rows.AppendRow();
            for (int p = 0; p < row.Length; p++)
                row[p] = _pixels[image * row.Length + p] / 255f;
        }

        return rows;
    }
}
