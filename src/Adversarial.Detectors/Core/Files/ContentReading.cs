namespace Adversarial.Detectors;

/// <summary>Reading of content that nobody vouches for: a checksum finds bit rot, not numbers that never were right.</summary>
internal static class ContentReading
{
    /// <summary>Throws where fewer bytes are left: before memory is taken for them.</summary>
    /// <exception cref="EndOfStreamException">They are not there.</exception>
    public static void RequireBytes(this BinaryReader reader, long count, string what)
    {
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (count > left)
            throw new EndOfStreamException($"{what} takes {count:N0} bytes and {left:N0} are left.");
    }

    /// <summary>Throws where bytes are left.</summary>
    /// <exception cref="FormatException">There are some.</exception>
    public static void RequireEnd(this BinaryReader reader, string kind)
    {
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (left > 0)
            throw new FormatException($"The {kind} is damaged: {left:N0} bytes follow where it should end.");
    }

    /// <summary>A number that is neither NaN nor infinite.</summary>
    /// <exception cref="FormatException">It is.</exception>
    public static float ReadFinite(this BinaryReader reader, string what) =>
        Require(reader.ReadSingle(), float.IsFinite, what, "a finite number");

    /// <summary>A finite number above 0.</summary>
    /// <exception cref="FormatException">It is another one.</exception>
    public static float ReadPositive(this BinaryReader reader, string what) =>
        Require(reader.ReadSingle(), value => float.IsFinite(value) && value > 0, what, "a finite number above 0");

    /// <summary>The number, if it is as required.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static T Require<T>(T value, Predicate<T> isValid, string what, string requirement) =>
        isValid(value) ? value : throw new FormatException($"{what} is {value} and not {requirement}.");
}
