namespace Adversarial.Detectors;

/// <summary>What a model begins with: method, options and number of features. They imply how many bytes follow.</summary>
/// <param name="Descriptor">The method.</param>
/// <param name="Options">Its options, valid.</param>
/// <param name="Columns">Number of features.</param>
/// <param name="LeastLength">Bytes of the content that these imply at least.</param>
/// <param name="MostLength">Bytes of the content that these account for at most, but for some small ones.</param>
internal sealed record ModelHead(DetectorDescriptor Descriptor, DetectorOptions Options, int Columns, long LeastLength, long MostLength)
{
    private const int MaximumColumns = 1 << 24;

    // Room for all options of a method; and for lists of features, such as groups of them, in the text of the options.
    private const int OptionsLength = 1 << 16;
    private const int OptionsLengthOfAColumn = 64;

    /// <summary>Reads it and goes no further. What it allocates is bounded by the bytes that the content has.</summary>
    /// <param name="reader">At the start of the content.</param>
    /// <param name="version">The file's format.</param>
    /// <param name="length">Length of the whole content, of which the reader may have only a first part.</param>
    /// <exception cref="FormatException">Content of this length cannot be of such a model.</exception>
    public static ModelHead Read(BinaryReader reader, long length, int version)
    {
        string name = reader.ReadString();
        DetectorDescriptor descriptor = DetectorRegistry.All.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new FormatException($"The model is of the method '{name}', which this version of the library does not have.");
        string json = reader.ReadString();
        int columns = reader.ReadInt32();
        if (columns is < 1 or > MaximumColumns)
            throw new FormatException($"The model is damaged: it has {columns} features.");
        if (json.Length > OptionsLength + (long)OptionsLengthOfAColumn * columns)
            throw new FormatException($"The model is damaged: its options are a text of {json.Length:N0} letters.");
        long least = reader.BaseStream.Position + FeatureScaling.LengthOf(columns);
        Require(least, length, columns);

        DetectorOptions options = descriptor.FromJson(json);
        options.UseDefaultsOf(version, columns);
        options.Validate();
        (long atLeast, long atMost) = LengthOf(descriptor, options, columns);
        Require(least + atLeast, length, columns);
        return new ModelHead(descriptor, options, columns, least + atLeast, least + atMost + TrainingSummary.MostLength(columns));
    }

    // Of the members of an ensemble one is enough to know.
    internal static (long Least, long Most) LengthOf(DetectorDescriptor descriptor, DetectorOptions options, int columns)
    {
        DetectorOptions single = options.Clone();
        int members = 1;
        if (single is NetworkDetectorOptions networks)
            (members, networks.EnsembleSize) = (networks.EnsembleSize, 1);
        Detector detector = descriptor.Create(single, columns);
        return (members * detector.LeastModelLength, members * detector.MostModelLength);
    }

    private static void Require(long least, long length, int columns)
    {
        if (length < least)
        {
            throw new FormatException(
                $"The model is truncated or damaged: {length:N0} bytes are there, and a model with its options and {columns:N0} features has more than {least:N0}.");
        }
    }
}
