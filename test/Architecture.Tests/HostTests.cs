using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Architecture.Tests;

/// <summary>The same sources on both hosts: nobody names the embedded one, and one file alone touches what is not public.</summary>
public class HostTests
{
    private static readonly string[] _hostsOwn = ["eng/", "src/MLNet.Embedded/", "test/MLNet.Embedded.Tests/", "test/Architecture.Tests/"];

    private static bool MayNameTheHost(string file) => file == HostRules.InternalsFile || _hostsOwn.Any(folder => file.StartsWith(folder, StringComparison.Ordinal));

    [Fact]
    public void NobodyElseNamesTheEmbeddedHost()
    {
        string[] namers = [.. ((string[])["src", "test", "samples"])
            .SelectMany(folder => Repository.Files(folder, "*.cs").Concat(Repository.Files(folder, "*.csproj")))
            .Where(file => !MayNameTheHost(file) && Repository.Text(file).Contains("Embedded", StringComparison.Ordinal))];
        Assert.Empty(namers);
    }

    [Fact]
    public void NobodyElseAsksWhichHost()
    {
        string[] askers = [.. Repository.Code().Where(file => !MayNameTheHost(file)
            && Repository.Lines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal) && line.Contains("MLNET", StringComparison.OrdinalIgnoreCase)))];
        Assert.Empty(askers);
        Assert.DoesNotContain("MLNetHost", Repository.Files("src", "*.csproj").Concat(Repository.Files("test", "*.csproj")).Concat(Repository.Files("samples", "*.csproj"))
            .Select(Repository.Text).Aggregate(string.Concat));
    }

    [Fact]
    public void OneFileNamesTheInternals()
    {
        // CatalogUtils, ModelLoadContext and so on: the types that are not public. Their names are theirs alone.
        string[] types = [.. HostRules.AllowedInternals.Where(entry => !entry.Contains(' ')).Select(entry => entry.Split('.')[^1])];
        string[] users = [.. Repository.Code()
            .Where(file => !_hostsOwn.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => Sources.Words(Repository.Text(file)) is var words && types.Any(type => words.Contains(type) || words.Contains(TrimAttribute(type))))];
        Assert.Equal([HostRules.InternalsFile], users);
    }

    [Fact]
    public void TheListOfInternalsIsThatOfMLNet()
    {
        string table = string.Join('\n', Repository.Lines("test/MLNet.Embedded.Tests/Data/internals.md").Where(line => line.StartsWith("| Microsoft.ML.", StringComparison.Ordinal)));
        HashSet<string> words = [.. table.Split([' ', '|', '`', '(', ')', '.', ','], StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(table.Split('\n').Length, HostRules.AllowedInternals.Count);
        // A constructor bears its type's name.
        Assert.All(HostRules.AllowedInternals, entry => Assert.Contains(entry.Replace(" .ctor", "").Split(' ', '.')[^1], words));
    }

    private static string TrimAttribute(string type) => type.EndsWith("Attribute", StringComparison.Ordinal) ? type[..^"Attribute".Length] : type;

    [Fact]
    public void TheBindingUsesExactlyTheListedInternals()
    {
        using var resolver = new DefaultAssemblyResolver();
        using ModuleDefinition module = Binding(resolver);
        Assert.Equal(HostRules.AllowedInternals.Order(StringComparer.Ordinal), HostRules.NonPublicUses(module).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnInternalThatIsNotListedIsFound()
    {
        using var resolver = new DefaultAssemblyResolver();
        using ModuleDefinition module = Binding(resolver);
        TypeDefinition listed = module.GetTypeReferences().Single(type => type.Name == "ModelLoadContext").Resolve();
        TypeDefinition other = listed.Module.Types.First(type => type.IsNotPublic && type.IsClass && type.Namespace.StartsWith("Microsoft.ML", StringComparison.Ordinal)
            && !HostRules.AllowedInternals.Contains(type.FullName) && type.Methods.Any(method => method.IsConstructor && !method.IsStatic));
        MethodDefinition constructor = other.Methods.First(method => method.IsConstructor && !method.IsStatic);

        // A method more that calls it, as a careless change of the binding would have.
        var careless = new MethodDefinition("Careless", MethodAttributes.Static, module.TypeSystem.Void);
        careless.Body.GetILProcessor().Emit(OpCodes.Newobj, module.ImportReference(constructor));
        module.Types.First(type => type.Name == "AnomalyDetectorTransformer").Methods.Add(careless);
        using var changed = new MemoryStream();
        module.Write(changed);
        changed.Position = 0;
        using ModuleDefinition reread = ModuleDefinition.ReadModule(changed, new ReaderParameters { AssemblyResolver = resolver });
        Assert.Equal([other.FullName, $"{other.FullName} .ctor"], HostRules.NonPublicUses(reread).Except(HostRules.AllowedInternals));
    }

    private static ModuleDefinition Binding(DefaultAssemblyResolver resolver)
    {
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.Adversarial.dll"), new ReaderParameters { AssemblyResolver = resolver });
    }
}
