using System.IO.Compression;
using System.Xml.Linq;

namespace Package.Tests;

/// <summary>What lies in the packages, and what they say of themselves.</summary>
public class ContentTests(PackedPackages packages)
{
    private static readonly string[] _frameworks = ["net8.0", "net10.0"];

    [Fact(Skip = FullRun.Reason, SkipUnless = nameof(FullRun.IsAsked), SkipType = typeof(FullRun))]
    public async Task PackagesAreComplete()
    {
        await packages.PackedAsync();
        foreach (string name in PackedPackages.Names)
        {
            using ZipArchive package = ZipFile.OpenRead(packages.FileOf(name));
            string[] files = [.. package.Entries.Select(entry => entry.FullName)];
            Assert.Equal(
                _frameworks.SelectMany(framework => (string[])[$"lib/{framework}/{name}.dll", $"lib/{framework}/{name}.xml"]).Order(StringComparer.Ordinal),
                files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.DoesNotContain(files, file => file.StartsWith("runtimes/", StringComparison.Ordinal) || file.StartsWith("build", StringComparison.Ordinal));
            using ZipArchive symbols = ZipFile.OpenRead(packages.FileOf(name, ".snupkg"));
            Assert.All(_frameworks, framework => Assert.NotNull(symbols.GetEntry($"lib/{framework}/{name}.pdb")));

            XElement metadata = XDocument.Load(package.GetEntry(name + ".nuspec")!.Open()).Root!.Elements().Single();
            string Text(string element) => metadata.Elements().Single(child => child.Name.LocalName == element).Value;
            Assert.Equal((name, packages.Version, "MIT"), (Text("id"), Text("version"), Text("license")));
            Assert.NotNull(package.GetEntry(Text("icon")));
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(PackedPackages.Root, "eng", "package", "README.md")), Read(package.GetEntry(Text("readme"))!));
            Assert.Contains("anomaly-detection", Text("tags").Split(' '));
            Assert.InRange(Text("description").Length, 40, 4000);
            Assert.InRange(Text("releaseNotes").Length, 40, 35_000);
            AssertAddress(metadata);
            Assert.All(_frameworks, framework => AssertDependencies(name, metadata, framework));
        }
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    // Nothing but what a maintainer wrote into build.props; nothing as long as it is empty.
    private static void AssertAddress(XElement metadata)
    {
        string address = XDocument.Load(Path.Combine(PackedPackages.Root, "build.props")).Descendants("ProjectAddress").Single().Value;
        string[] expected = address.Length == 0 ? [] : [address, address];
        string[] named = [
            .. metadata.Elements().Where(child => child.Name.LocalName == "projectUrl").Select(child => child.Value),
            .. metadata.Elements().Where(child => child.Name.LocalName == "repository").Select(child => child.Attribute("url")?.Value).OfType<string>()];
        Assert.Equal(expected, named);
    }

    // The libraries below, this version of them, and ML.NET at the top; nothing else.
    private void AssertDependencies(string name, XElement metadata, string framework)
    {
        XElement group = metadata.Descendants().Single(child => child.Name.LocalName == "group" && child.Attribute("targetFramework")!.Value == framework);
        var dependencies = group.Elements().ToDictionary(child => child.Attribute("id")!.Value, child => child.Attribute("version")!.Value);
        int floor = Array.IndexOf(PackedPackages.Names, name);
        Dictionary<string, string> expected = floor == 0 ? [] : new() { [PackedPackages.Names[floor - 1]] = packages.Version };
        if (name == PackedPackages.Names[^1])
            expected["Microsoft.ML"] = "[5.0.1, 6.0.0)";
        Assert.Equal(expected, dependencies);
    }
}
