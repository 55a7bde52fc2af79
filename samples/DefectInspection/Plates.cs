using Microsoft.ML.Data;

namespace DefectInspection;

/// <summary>Simulated pictures of brushed metal plates with a drilled hole; some have a scratch, a stain or a hole too many.</summary>
public sealed class Plates(int seed)
{
    /// <summary>Pixels of a side.</summary>
    public const int Side = 32;

    private readonly Random _random = new(seed);

    /// <summary>Draws plates into PNG files of a folder.</summary>
    public IReadOnlyList<Plate> Draw(string folder, string name, int count, bool defective)
    {
        Directory.CreateDirectory(folder);
        var plates = new Plate[count];
        for (int i = 0; i < count; i++)
        {
            string file = Path.Combine(folder, $"{name}-{i:D4}.png");
            using MLImage image = Picture(DrawPlate(defective));
            image.Save(file);
            plates[i] = new Plate { ImagePath = file, Label = defective };
        }

        return plates;
    }

    /// <summary>A picture of gray values from 0 to 255.</summary>
    public static MLImage Picture(float[] gray) => MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Rgba32,
        [.. gray.SelectMany(value => { byte level = (byte)Math.Clamp(value, 0, 255); return new[] { level, level, level, byte.MaxValue }; })]);

    private float[] DrawPlate(bool defective)
    {
        var gray = new float[Side * Side];
        double light = 120 + 40 * _random.NextDouble(), tilt = 30 * (_random.NextDouble() - 0.5);
        for (int y = 0; y < Side; y++)
        {
            // Brushing leaves lines.
            double line = 8 * (_random.NextDouble() - 0.5);
            for (int x = 0; x < Side; x++)
                gray[y * Side + x] = (float)(light + tilt * x / Side + line + 6 * (_random.NextDouble() - 0.5));
        }

        Disc(gray, 9 + 2 * _random.NextDouble(), 9 + 2 * _random.NextDouble(), 4, 35);
        if (!defective)
            return gray;
        switch (_random.Next(3))
        {
            case 0:
                Scratch(gray);
                break;
            case 1:
                Disc(gray, 17 + 9 * _random.NextDouble(), 17 + 9 * _random.NextDouble(), 2.5, 200);
                break;
            default:
                Disc(gray, 18 + 8 * _random.NextDouble(), 6 + 20 * _random.NextDouble(), 3, 35);
                break;
        }

        return gray;
    }

    private void Scratch(float[] gray)
    {
        double angle = Math.PI * _random.NextDouble(), x = 12 + 12 * _random.NextDouble(), y = 16 + 10 * _random.NextDouble();
        for (double t = -6; t <= 6; t += 0.3)
        {
            int px = (int)(x + t * Math.Cos(angle)), py = (int)(y + t * Math.Sin(angle));
            if (px is >= 0 and < Side && py is >= 0 and < Side)
                gray[py * Side + px] = 235;
        }
    }

    private static void Disc(float[] gray, double centerX, double centerY, double radius, float level)
    {
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                if (Math.Pow(x - centerX, 2) + Math.Pow(y - centerY, 2) <= radius * radius)
                    gray[y * Side + x] = level;
            }
        }
    }
}

/// <summary>A picture's file and whether it shows a defect.</summary>
public sealed class Plate
{
    /// <summary>The file.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>True where there is a defect.</summary>
    public bool Label { get; set; }
}
