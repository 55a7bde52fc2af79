namespace Adversarial.Benchmarks;

/// <summary>MNIST with one or some digits as the normal class.</summary>
internal static class DigitProtocols
{
    private const int Digits = 10;

    // AnoEAN: 5,000 normal and 500 anomalous images train, 1,360 and 340 test.
    private const int AnoEanTraining = 5000;
    private const int AnoEanAnomalies = 500;
    private const int AnoEanTest = 1360;
    private const int AnoEanTestAnomalies = 340;

    /// <summary>One digit is normal, as in Deep SVDD's paper; nothing is chosen by the test.</summary>
    public static Protocol OneNormal(int digit) => new(
        $"digit {digit}",
        "The digit's official training images train, all 10,000 official test images test: those of the nine other digits are the anomalies. "
        + "The seed draws no images. Pixels in [0, 1].",
        (data, _) => Split(data.Digits, normal => normal == digit, training => training));

    /// <summary>DA3D's: five digits against five.</summary>
    public static Protocol Halves(double pollution = 0) => new(
        pollution == 0 ? "paper" : $"paper + {pollution * 100:0.#} % pollution",
        "Training: images of the digits 0 to 4 of MNIST's training part without 5 % that the seed draws for validation (not used). "
        + (pollution == 0 ? "" : $"Images of 5 to 9 of the same part are mixed in as if they were normal, {pollution * 100:0.#} % of the training rows. ")
        + "Test: all 10,000 images of its test part; 5 to 9 are anomalies. Pixels in [0, 1].",
        (data, seed) => Split(data.Digits, digit => digit < Digits / 2, part =>
        {
            int[] shuffled = new Random(seed).Shuffled(Enumerable.Range(0, DigitImages.TrainingImages));
            shuffled = shuffled[(shuffled.Length / 20)..];
            int[] normal = [.. shuffled.Where(image => data.Digits.DigitOf(image) < Digits / 2)];
            return [.. normal, .. shuffled.Where(image => data.Digits.DigitOf(image) >= Digits / 2).Take(Pollution.Rows(normal.Length, pollution))];
        }));

    /// <summary>EGBAD's: one digit is the anomaly.</summary>
    public static Protocol OneAnomalous(int digit) => new(
        "paper, 1 anomalous",
        "Both parts of MNIST pooled. The seed draws 80 % of the images of nine digits for training; the other 20 % and all images of the tenth digit, the anomalies, are the test. Pixels in [0, 1].",
        (data, seed) =>
        {
            int[] order = new Random(seed).Shuffled(Enumerable.Range(0, data.Digits.Count));
            int[] normal = [.. order.Where(image => data.Digits.DigitOf(image) != digit)];
            int training = normal.Length * 4 / 5;
            int[] test = [.. normal[training..], .. order.Where(image => data.Digits.DigitOf(image) == digit)];
            return Trial.Of(data.Digits, normal[..training], null, test, other => other != digit);
        });

    /// <summary>AnoEAN's "1 against all".</summary>
    public static Protocol OneAgainstAll(int digit) => new(
        "paper, 1 against all",
        "Both parts of MNIST pooled. The seed draws 5,000 images of one digit for training, 500 known anomalies of four other digits, and the test: 1,360 more images of "
        + "the digit, or as many as are left, and 340 of all nine others. Pixels in [0, 1].",
        (data, seed) => PrepareOneAgainstAll(data.Digits, digit, seed));

    private static Trial Split(DigitImages images, Func<int, bool> isNormal, Func<int[], int[]> choose)
    {
        int[] training = choose([.. Enumerable.Range(0, DigitImages.TrainingImages).Where(image => isNormal(images.DigitOf(image)))]);
        int[] test = [.. Enumerable.Range(DigitImages.TrainingImages, images.Count - DigitImages.TrainingImages)];
        return Trial.Of(images, training, null, test, isNormal);
    }

    private static Trial PrepareOneAgainstAll(DigitImages images, int digit, int seed)
    {
        var random = new Random(seed);
        int[] order = random.Shuffled(Enumerable.Range(0, images.Count));
        int[] normal = [.. order.Where(image => images.DigitOf(image) == digit)];
        HashSet<int> known = [.. random.Shuffled(Enumerable.Range(0, Digits).Where(other => other != digit)).Take(4)];
        int[] anomalies = [.. order.Where(image => known.Contains(images.DigitOf(image))).Take(AnoEanAnomalies)];
        HashSet<int> used = [.. anomalies];
        int[] test = [.. normal.Skip(AnoEanTraining).Take(AnoEanTest), .. order.Where(image => images.DigitOf(image) != digit && !used.Contains(image)).Take(AnoEanTestAnomalies)];
        return Trial.Of(images, normal[..AnoEanTraining], anomalies, test, other => other == digit);
    }
}
