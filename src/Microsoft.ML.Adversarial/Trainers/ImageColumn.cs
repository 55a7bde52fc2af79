using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What a feature column's dimensions say of images: ML.NET keeps them through most transforms, and loses them where columns are joined.</summary>
internal static class ImageColumn
{
    /// <summary>Reads the shape from the column where the options give none; where they do, the column must not say otherwise.</summary>
    /// <exception cref="ArgumentException">The shape of the options is not that of the column.</exception>
    public static void Complete(DetectorOptions options, DataViewSchema.Column features)
    {
        if (options is not IImageOptions images)
            return;
        images.ImageShape ??= Read(features);
        if (images.ImageShape is { } shape)
            Require(shape, features, "set ImageShape to height, width and channels of the images, or to null to read it from a column of images");
    }

    /// <summary>Refuses a column to score whose images are of another shape; one without dimensions is taken to be laid out as the training rows were.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void RequireSame(DetectorOptions options, DataViewSchema.Column features)
    {
        if (options is IImageOptions { ImageShape: { } shape })
            Require(shape, features, "the detector was trained on images of the first shape");
    }

    private static void Require(ImageShape shape, DataViewSchema.Column features, string remedy)
    {
        var type = (VectorDataViewType)features.Type;
        if (shape.Features == type.Size && (type.Dimensions.Length == 1 || Read(features) is not { } read || IsSame(read, shape)))
            return;
        throw new ArgumentException($"Images of {shape} do not fit column '{features.Name}', whose dimensions are {string.Join(" x ", type.Dimensions)}: {remedy}.", nameof(IImageOptions.ImageShape));
    }

    // Of one channel both ways of writing are the same.
    private static bool IsSame(ImageShape read, ImageShape shape) => read == shape || (shape.Channels == 1 && read with { IsPlanar = shape.IsPlanar } == shape);

    private static ImageShape? Read(DataViewSchema.Column features) => ((VectorDataViewType)features.Type).Dimensions switch
    {
        [var height, var width] when height > 1 && width > 1 => new ImageShape(height, width),
        [var height, var width, var channels] when IsChannels(channels) && !IsChannels(height) => new ImageShape(height, width, channels),
        [var channels, var height, var width] when IsChannels(channels) && !IsChannels(width) => new ImageShape(height, width, channels) { IsPlanar = true },
        _ => null,
    };

    private static bool IsChannels(int dimension) => dimension is 1 or 3 or 4;
}
