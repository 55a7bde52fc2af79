using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Adversarial.Detectors.Tests;

/// <summary>What one golden file holds: what a small training takes from outside, and what comes of it by another implementation.</summary>
internal sealed record GoldenFile
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>The method's options.</summary>
    public required JsonNode Options { get; init; }

    /// <summary>Number of features.</summary>
    public required int Columns { get; init; }

    /// <summary>All networks before the first step.</summary>
    public required IReadOnlyList<GoldenNetwork> Networks { get; init; }

    /// <summary>Names of the phases, and what each step took.</summary>
    public required IReadOnlyList<GoldenPhase> Phases { get; init; }

    /// <summary>Rows that were not trained on.</summary>
    public required float[][] HeldOut { get; init; }

    /// <summary>Rows that are scored at the end.</summary>
    public required float[][] Scored { get; init; }

    /// <summary>What comes of it; null in a file that has just been recorded.</summary>
    public GoldenResult? Expected { get; init; }

    public static GoldenFile Read(string path) =>
        JsonSerializer.Deserialize<GoldenFile>(File.ReadAllText(path), _json) ?? throw new FormatException($"{path} is empty.");

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, _json));
}

/// <summary>A network before the first step.</summary>
internal sealed record GoldenNetwork(string Name, float[] Parameters, double[] Buffers);

/// <summary>A phase and what each of its steps took.</summary>
internal sealed record GoldenPhase(string Name, GoldenDraw[][] Steps);

/// <summary>What comes of a training.</summary>
/// <param name="Losses">The losses of each step.</param>
/// <param name="Gradients">The gradients of each update in each phase's first step, in order.</param>
/// <param name="Scores">Scores of the rows.</param>
internal sealed record GoldenResult(IReadOnlyList<GoldenLosses> Losses, IReadOnlyList<GoldenGradient> Gradients, double[] Scores);

/// <summary>The losses of each step of a phase, in the order of <paramref name="Names"/>.</summary>
internal sealed record GoldenLosses(string Phase, string[] Names, double[][] Values);

/// <summary>The gradient of a network's parameters in an update.</summary>
internal sealed record GoldenGradient(string Phase, string Network, double[] Values);
