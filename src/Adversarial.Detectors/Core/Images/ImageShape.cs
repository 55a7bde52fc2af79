using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>
/// The shape of the images that rows are. A row is written line by line, each pixel with its channels beside each other, or where
/// <see cref="IsPlanar"/> says so one channel's whole picture after the other's.
/// </summary>
/// <param name="Height">Number of lines, at least 1.</param>
/// <param name="Width">Pixels of a line, at least 1.</param>
/// <param name="Channels">Numbers of a pixel: 1 for gray, 3 for colours; at least 1.</param>
public sealed record ImageShape(int Height, int Width, int Channels = 1)
{
    /// <summary>Whether the channels' pictures stand one after the other, as ML.NET's ExtractPixels gives them by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPlanar { get; init; }

    /// <summary>Number of pixels times channels: the number of features of a row.</summary>
    [JsonIgnore]
    public long Features => (long)Height * Width * Channels;

    /// <summary>Height x width x channels, or channels x height x width where planar.</summary>
    public override string ToString() => IsPlanar ? $"{Channels} x {Height} x {Width}" : $"{Height} x {Width} x {Channels}";

    // Sizes whose product would leave the range of a long are no features of any row.
    internal bool IsValid => Height is >= 1 and <= 1 << 20 && Width is >= 1 and <= 1 << 20 && Channels is >= 1 and <= 1 << 20;

    internal void Require(int columns)
    {
        if (!IsValid || Features != columns)
        {
            throw new ArgumentException(
                $"Images of {this} have {Features:N0} features, and a row has {columns:N0}: set {nameof(IImageOptions.ImageShape)} to height, width and channels of the images, or to null for a table.",
                nameof(IImageOptions.ImageShape));
        }
    }
}

/// <summary>Options of methods that take images as well as tables.</summary>
public interface IImageOptions
{
    /// <summary>The shape of the images that rows are; null means a table. Its product has to be the number of features.</summary>
    ImageShape? ImageShape { get; set; }
}
