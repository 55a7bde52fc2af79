using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial;

/// <summary>What a user is to be told of a feature column that can be trained on, but likely is not what was meant.</summary>
internal static class FeatureAdvice
{
    // From here on a projection is advised.
    private const int ManyColumns = 2000;

    // The papers' images, 32 x 32 x 3, take a third of it.
    private const int ManyPixelValues = 10_000;

    /// <summary>Advice on a column, once the options have the shape of its images.</summary>
    public static IEnumerable<string> For(DetectorOptions options, DataViewSchema.Column features)
    {
        var type = (VectorDataViewType)features.Type;
        var images = options as IImageOptions;
        if (images?.ImageShape is { } shape)
        {
            // A projection, or features that are left out, would take away what makes it an image.
            if (type.Size > ManyPixelValues)
            {
                yield return $"Images of {shape} in column '{features.Name}' are {Number(type.Size)} numbers each: training time and memory grow with them. " +
                    "Make them as small as still shows what is odd (Transforms.ResizeImages).";
            }

            yield break;
        }

        // Two or more sizes above 1 are no table's.
        bool isUnread = images is not null && type.Dimensions.Count(size => size > 1) > 1;
        if (isUnread)
        {
            yield return $"Dimensions {string.Join(" x ", type.Dimensions)} of column '{features.Name}' do not tell lines, pixels and channels: its rows are taken for rows of a table. " +
                $"Where they are images, set option {nameof(IImageOptions.ImageShape)}.";
        }

        if (type.Size > ManyColumns)
        {
            yield return $"Column '{features.Name}' has {type.Size} slots: training time and memory grow with them, and what is normal gets lost among them. " +
                "Project it first (Transforms.ProjectToPrincipalComponents), hash text and categories to fewer bits, or keep fewer words."
                + (images is null || isUnread ? "" : $" Where its rows are images, set option {nameof(IImageOptions.ImageShape)}.");
        }
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
