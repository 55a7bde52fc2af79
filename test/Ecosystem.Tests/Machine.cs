using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>A simulated machine's readings. Faulty ones run hot, and their notes say so; nothing else tells them from the others.</summary>
public sealed class Machine
{
    private static readonly string[] _sites = ["north", "south", "harbour"];
    private static readonly string[] _notes = ["runs well", "runs well after service", "quiet and clean"];

    [LoadColumn(0)]
    public string Site { get; set; } = "";

    [LoadColumn(1)]
    public string Note { get; set; } = "";

    [LoadColumn(2)]
    public float Load { get; set; }

    [LoadColumn(3)]
    public float Temperature { get; set; }

    [LoadColumn(4)]
    public float Humidity { get; set; }

    [LoadColumn(5)]
    public float Vibration { get; set; }

    [LoadColumn(6)]
    public bool Label { get; set; }

    /// <summary>So many machines, each <paramref name="faultyEvery"/>th of them faulty; 0: none. Normal readings have mean 0.5 and deviation 0.1.</summary>
    public static Machine[] Draw(int count, int seed, int faultyEvery = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            bool faulty = faultyEvery > 0 && i % faultyEvery == faultyEvery - 1;
            return new Machine
            {
                Site = _sites[random.Next(_sites.Length)],
                Note = faulty ? "smoke and a burning smell" : _notes[random.Next(_notes.Length)],
                Load = Reading(random),
                Temperature = Reading(random) + (faulty ? 0.5f : 0),
                Humidity = Reading(random),
                Vibration = Reading(random),
                Label = faulty,
            };
        })];
    }

    // Multiples of 1/1024, which every text form keeps.
    private static float Reading(Random random)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (float)(Math.Round((0.5 + 0.1 * normal) * 1024) / 1024);
    }
}

/// <summary>What prediction engines give.</summary>
public sealed class Verdict
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }
}
