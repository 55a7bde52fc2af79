[assembly: AssemblyFixture(typeof(Package.Tests.PackedPackages))]

namespace Package.Tests;

/// <summary>The packages of this run, under a version that no other run has; they are gone at its end.</summary>
public sealed class PackedPackages : IDisposable
{
    private readonly Lazy<Task> _packing;
    private readonly string _suffix = "test." + DateTime.UtcNow.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);

    public PackedPackages() => _packing = new Lazy<Task>(PackAsync);

    public static string[] Names { get; } = ["Adversarial.Numerics", "Adversarial.Neural", "Adversarial.Detectors", "Microsoft.ML.Adversarial"];

    public static string Root { get; } = BuildFacts.Get("Root");

    public static string Folder { get; } = Path.Combine(Root, "artifacts", "packages");

    /// <summary>The version, for example 0.1.0-test.20260102030405.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Packs once, whoever asks first.</summary>
    public Task PackedAsync() => _packing.Value;

    public string FileOf(string name, string extension = ".nupkg") => Path.Combine(Folder, $"{name}.{Version}{extension}");

    private async Task PackAsync()
    {
        string[] command = OperatingSystem.IsWindows() ? ["powershell", "-ExecutionPolicy", "Bypass", "-File", "eng/pack.ps1"] : ["bash", "eng/pack.sh"];
        await CommandLine.RunAsync(Root, command[0], [.. command[1..], "--version-suffix", _suffix]);
        string file = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Folder, $"{Names[0]}.*-{_suffix}.nupkg")));
        Version = file[(Names[0].Length + 1)..];
    }

    public void Dispose()
    {
        if (!_packing.IsValueCreated)
            return;
        foreach (string file in Directory.GetFiles(Folder, $"*-{_suffix}.*"))
            File.Delete(file);
    }
}
