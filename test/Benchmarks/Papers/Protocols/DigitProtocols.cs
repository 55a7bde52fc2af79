using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>MNIST: handwritten digits, 60,000 official training images and 10,000 for the test.</summary>
internal static class DigitProtocols
{
    private const string Words =
        "The digit's official training images train, all 10,000 official test images test: those of the nine other digits are the anomalies. "
        + "The seed draws no images. Pixels in [0, 1].";

    /// <summary>One digit is normal, as in Deep SVDD's paper.</summary>
    public static Protocol OneNormal(int digit) => new($"digit {digit}", Words, (data, _) => Prepare(data, digit));

    private static Trial Prepare(DataFolder data, int digit)
    {
        (DigitImages training, DigitImages test) = data.Mnist;
        return new Trial
        {
            Normal = training.Rows(Enumerable.Range(0, training.Count).Where(image => training.Digit(image) == digit)),
            Test = test.Rows(Enumerable.Range(0, test.Count)),
            Labels = [.. Enumerable.Range(0, test.Count).Select(image => test.Digit(image) != digit)],
            Groups = [],
            Shape = new ImageShape(DigitImages.Side, DigitImages.Side),
        };
    }
}
