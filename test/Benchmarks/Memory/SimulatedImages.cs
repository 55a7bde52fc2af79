using Adversarial.Detectors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Adversarial.Benchmarks;

/// <summary>Images that are made while they are read, so that none is in memory but those that a fit keeps: a bright rectangle on a slope, and noise.</summary>
internal static class SimulatedImages
{
    // One in so many is labelled an anomaly.
    private const int Rarity = 50;

    /// <summary>A view with the columns Features and Label.</summary>
    public static IDataView Load(MLContext context, ImageShape shape, int count)
    {
        var schema = SchemaDefinition.Create(typeof(Image));
        schema[nameof(Image.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, shape.Height, shape.Width, shape.Channels);
        return context.Data.LoadFromEnumerable(Draw(shape, count), schema);
    }

    // One object for all images.
    private static IEnumerable<Image> Draw(ImageShape shape, int count)
    {
        var random = new Random(1);
        var image = new Image { Features = new float[(int)shape.Features] };
        for (int i = 0; i < count; i++)
        {
            image.Label = i % Rarity == Rarity - 1;
            Draw(image.Features, shape, random, image.Label);
            yield return image;
        }
    }

    private static void Draw(float[] pixels, ImageShape shape, Random random, bool isAnomaly)
    {
        int top = random.Next(shape.Height / 2), left = random.Next(shape.Width / 2), height = random.Next(3, shape.Height / 2), width = random.Next(3, shape.Width / 2);
        float slope = random.NextSingle() / shape.Height;
        for (int y = 0, at = 0; y < shape.Height; y++)
        {
            for (int x = 0; x < shape.Width; x++)
            {
                bool inside = (uint)(y - top) < height && (uint)(x - left) < width;
                float value = slope * y + (inside ? 0.5f : 0) + 0.1f * random.NextSingle() + (isAnomaly && x == y ? 0.3f : 0);
                for (int c = 0; c < shape.Channels; c++)
                    pixels[at++] = value * (1 - 0.2f * c);
            }
        }
    }

    private sealed class Image
    {
        public required float[] Features { get; set; }

        public bool Label { get; set; }
    }
}
