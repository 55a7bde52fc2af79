using System.Security.Cryptography;
using System.Text;
using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>One training for each seed, and the rows of a table that it gives.</summary>
/// <param name="Page">The page it stands on.</param>
/// <param name="Data">The data set.</param>
/// <param name="Protocol">How rows are drawn.</param>
/// <param name="Method">The method's registered name.</param>
internal sealed record Experiment(string Page, string Data, Protocol Protocol, string Method)
{
    /// <summary>Name of the row besides the method; empty for the defaults.</summary>
    public string Variant { get; init; } = "";

    /// <summary>One of the method's named variants to start from; null starts from the defaults.</summary>
    public string? Preset { get; init; }

    /// <summary>Options that the row sets, as "Name=value".</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Whether the fit is given the protocol's known anomalies.</summary>
    public bool Labelled { get; init; }

    /// <summary>Ways of scoring.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [Reading.Rows];

    /// <summary>What the paper prints for it.</summary>
    public IReadOnlyList<Published> Published { get; init; } = [];

    /// <summary>The method and variant as a reader sees them.</summary>
    public string Name => Variant.Length == 0 ? Method : $"{Method} {Variant}";

    /// <summary>Names it in the results and on the command line.</summary>
    public string Id => $"{Page}/{Data}/{Protocol.Name}/{Name}";

    /// <summary>The method; null where it is not registered.</summary>
    public DetectorDescriptor? Descriptor => DetectorRegistry.All.FirstOrDefault(descriptor => descriptor.Name == Method);

    public DetectorOptions Options(DetectorDescriptor descriptor) => RowOptions.Create(descriptor, Preset, Settings);

    /// <summary>Changes when the options or the protocol's rows do.</summary>
    public string Definition(DetectorDescriptor descriptor)
    {
        string text = $"{RowOptions.Text(descriptor, Options(descriptor))}|{Protocol.Version}|{Labelled}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }
}
