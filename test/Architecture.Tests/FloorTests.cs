using System.Xml.Linq;
using Mono.Cecil;

namespace Architecture.Tests;

/// <summary>Each floor knows only the floors under it; methods do not know each other.</summary>
public class FloorTests
{
    // From the ground up. A floor may use those before it.
    private static readonly string[] _floors = ["Adversarial.Numerics", "Adversarial.Neural", "Adversarial.Detectors", "Microsoft.ML.Adversarial"];

    // What users run stands above all floors, and nothing stands on it.
    private static readonly string[] _tools = ["Microsoft.ML.Adversarial.Cli"];

    // Optional packages stand on the binding and bring what is heavy; no floor names what they bring.
    private static readonly string[] _optional = ["Microsoft.ML.Adversarial.Orleans", "Microsoft.ML.Adversarial.TorchSharp"];

    private static readonly string[] _heavy = ["TorchSharp", "Orleans"];

    private const string Binding = "Microsoft.ML.Adversarial";
    private const string MethodsFolder = "src/Adversarial.Detectors/Methods/";

    public static TheoryData<string> Floors => [.. _floors];

    private static string[] Below(string floor) => _floors[..Array.IndexOf(_floors, floor)];

    private static ModuleDefinition Module(string assembly) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

    [Fact]
    public void EveryProjectUnderSrcIsAFloorAToolOrOptional() =>
        Assert.Equal(_floors.Concat(_tools).Concat(_optional).Order(StringComparer.Ordinal), Repository.Files("src", "*.csproj").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Floors))]
    public void ProjectsReferenceDownwards(string floor)
    {
        XDocument project = XDocument.Parse(Repository.Text($"src/{floor}/{floor}.csproj"));
        string[] references = [.. project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
        Assert.Subset(Below(floor).ToHashSet(), references.ToHashSet());
        string[] imports = [.. project.Descendants("Import").Select(import => Path.GetFileName(import.Attribute("Project")!.Value))];
        Assert.Equal(floor == Binding ? ["Publicize.targets"] : [], imports);
        Assert.Equal(floor == Binding ? ["Microsoft.ML"] : [], project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value));
    }

    [Theory]
    [MemberData(nameof(Floors))]
    public void AssembliesReferenceDownwards(string floor)
    {
        using ModuleDefinition module = Module(floor);
        string[] own = [.. module.AssemblyReferences.Select(reference => reference.Name).Where(name => !IsRuntime(name) && !(floor == Binding && MLNetRules.IsMLNet(name)))];
        Assert.Subset(Below(floor).ToHashSet(), own.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Floors))]
    public void NoFloorKnowsWhatOptionalPackagesBring(string floor)
    {
        using ModuleDefinition module = Module(floor);
        foreach (string heavy in _heavy)
        {
            // "Microsoft.ML.Adversarial.TorchSharp" is one of them, too.
            Assert.DoesNotContain(module.AssemblyReferences, reference => reference.Name.Contains(heavy, StringComparison.Ordinal));
            Assert.DoesNotContain(Repository.Lines($"src/{floor}/{floor}.csproj"),
                line => line.Contains(heavy, StringComparison.Ordinal) && line.Contains("Reference", StringComparison.Ordinal));
            Assert.All(Repository.Files($"src/{floor}", "*.cs"), file =>
                Assert.DoesNotContain(Repository.Lines(file), line => line.Contains($"using {heavy}", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void NoOptionalPackageBringsNativeLibraries()
    {
        foreach (string name in _optional)
        {
            XDocument project = XDocument.Parse(Repository.Text($"src/{name}/{name}.csproj"));
            Assert.DoesNotContain(project.Descendants("PackageReference"), reference => reference.Attribute("Include")!.Value is var package
                && (package.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase) || package.StartsWith("TorchSharp-", StringComparison.OrdinalIgnoreCase)));
        }
    }

    private static bool IsRuntime(string name) => name == "netstandard" || name.StartsWith("System.", StringComparison.Ordinal);

    [Fact]
    public void TheLowerFloorsDoNotNameMLNet()
    {
        foreach (string floor in Below(Binding))
        {
            Assert.All(Repository.Files($"src/{floor}", "*.cs"), file =>
                Assert.DoesNotContain(Repository.Lines(file), line => line.Contains("Microsoft.ML", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void NoMethodUsesAnother()
    {
        Dictionary<string, string[]> types = Repository.Files(MethodsFolder, "*.cs").GroupBy(file => file[MethodsFolder.Length..].Split('/')[0])
            .ToDictionary(method => method.Key, method => method.SelectMany(file => Sources.DeclaredTypes(Repository.Text(file))).ToArray());
        Assert.NotEmpty(types);
        foreach (string file in Repository.Files(MethodsFolder, "*.cs"))
        {
            string method = file[MethodsFolder.Length..].Split('/')[0];
            HashSet<string> words = Sources.Words(Repository.Text(file));
            foreach ((string other, string[] foreign) in types.Where(entry => entry.Key != method))
                Assert.False(foreign.Any(words.Contains), $"{file} uses {foreign.FirstOrDefault(words.Contains)} of the method {other}.");
        }
    }

    [Fact]
    public void TheCoreKnowsMethodsOnlyByTheRegistry()
    {
        string[] types = [.. Repository.Files(MethodsFolder, "*.cs").SelectMany(file => Sources.DeclaredTypes(Repository.Text(file)))];
        string[] users = [.. Repository.Files("src/Adversarial.Detectors/Core", "*.cs").Where(file => Sources.Words(Repository.Text(file)).Overlaps(types))];
        Assert.Equal(["src/Adversarial.Detectors/Core/DetectorRegistry.cs"], users);
    }
}
