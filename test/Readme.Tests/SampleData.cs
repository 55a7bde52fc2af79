using System.Globalization;

namespace Readme.Tests;

/// <summary>The small file that the snippets read: simulated connections of a web server, 1 in 20 an attack.</summary>
internal static class SampleData
{
    public const string FileName = "connections.csv";

    private const int Rows = 600;

    public static void Write(string file)
    {
        var random = new Random(1);
        using var writer = new StreamWriter(file);
        writer.WriteLine("service,duration,bytes_sent,bytes_received,attack");
        for (int row = 0; row < Rows; row++)
        {
            bool attack = row % 20 == 19;
            bool mail = random.Next(3) == 0;
            double scale = Math.Exp(0.3 * (random.NextDouble() - 0.5));
            double sent = scale * (attack ? 90_000 : mail ? 1200 : 300);
            double received = scale * (mail ? 400 : 3000);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(mail ? "smtp" : "http")},{(attack ? 40 : 0.5) * scale:F3},{sent:F0},{received:F0},{(attack ? 1 : 0)}"));
        }
    }
}
