using System.Buffers.Binary;
using System.IO.Compression;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>One part of MNIST: images of 28 x 28 bytes, and the digit that each shows.</summary>
internal sealed class DigitImages
{
    public const int Side = 28;

    private const int ImagesHead = 16;
    private const int LabelsHead = 8;
    private const int ImagesMagic = 0x803;
    private const int LabelsMagic = 0x801;

    private readonly byte[] _pixels;
    private readonly byte[] _digits;

    private DigitImages(byte[] pixels, byte[] digits)
    {
        _pixels = pixels;
        _digits = digits;
    }

    /// <summary>Number of images.</summary>
    public int Count => _digits.Length - LabelsHead;

    /// <summary>Reads a pair of files in the format of MNIST.</summary>
    /// <exception cref="InvalidDataException">They are no such files, or hold different numbers of images.</exception>
    public static DigitImages Read(string imagesPath, string labelsPath)
    {
        byte[] pixels = Unpack(imagesPath, ImagesMagic), digits = Unpack(labelsPath, LabelsMagic);
        if (pixels.Length - ImagesHead != (digits.Length - LabelsHead) * Side * Side)
            throw new InvalidDataException($"{imagesPath} and {labelsPath} do not belong together.");
        return new DigitImages(pixels, digits);
    }

    private static byte[] Unpack(string path, int magic)
    {
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
            packed.CopyTo(unpacked);
        byte[] content = unpacked.ToArray();
        return content.Length >= ImagesHead && BinaryPrimitives.ReadInt32BigEndian(content) == magic
            ? content
            : throw new InvalidDataException($"{path} is no file of MNIST.");
    }

    /// <summary>The digit that an image shows.</summary>
    public int Digit(int image) => _digits[LabelsHead + image];

    /// <summary>Images as rows in [0, 1], line by line.</summary>
    public FeatureMatrix Rows(IEnumerable<int> images)
    {
        var rows = new FeatureMatrix(Side * Side);
        foreach (int image in images)
        {
            Span<float> row = rows.AppendRow();
            for (int i = 0; i < row.Length; i++)
                row[i] = _pixels[ImagesHead + image * Side * Side + i] / 255f;
        }

        return rows;
    }
}
