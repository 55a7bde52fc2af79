using Microsoft.ML;
using Microsoft.ML.Data;

namespace DefectInspection;

/// <summary>Pictures of what is odd in pictures.</summary>
public static class Overlay
{
    private const int Pictures = 8;
    private const int Zoom = 8;

    /// <summary>Writes the most anomalous pictures, each with the same picture beside it on which odd pixels are red.</summary>
    public static void Write(string folder, IDataView scored)
    {
        Directory.CreateDirectory(folder);
        float[][] rows = [.. scored.GetColumn<float[]>("Features")];
        float[][] maps = [.. scored.GetColumn<float[]>("AnomalyMap")];
        float[] scores = [.. scored.GetColumn<float>("Score")];
        int[] worst = [.. Enumerable.Range(0, rows.Length).OrderByDescending(i => scores[i]).Take(Pictures)];
        foreach (int i in worst)
        {
            using MLImage image = Picture(rows[i], maps[i]);
            image.Save(Path.Combine(folder, $"odd-{i:D4}.png"));
        }

        Console.WriteLine($"The {worst.Length} most anomalous pictures are in {folder}.");
    }

    private static MLImage Picture(float[] gray, float[] map)
    {
        const int Side = Plates.Side, Width = 2 * Side * Zoom, Height = Side * Zoom;
        // The oddest pixel is red, half as odd ones a quarter so.
        float most = Math.Max(map.Max(), 2);
        var pixels = new byte[Width * Height * 4];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int at = y / Zoom * Side + x / Zoom % Side;
                float level = 255 * gray[at], red = x / Zoom < Side ? 0 : MathF.Pow(map[at] / most, 2);
                Span<byte> pixel = pixels.AsSpan(4 * (y * Width + x), 4);
                pixel[0] = (byte)Math.Clamp(level + red * (255 - level), 0, 255);
                pixel[1] = pixel[2] = (byte)Math.Clamp(level * (1 - red), 0, 255);
                pixel[3] = byte.MaxValue;
            }
        }

        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, pixels);
    }
}
