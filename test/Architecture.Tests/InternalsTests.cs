using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Architecture.Tests;

/// <summary>One file alone touches what is not public in ML.NET, and no more of it than is listed.</summary>
public class InternalsTests
{
    [Fact]
    public void OneFileNamesTheInternals()
    {
        // CatalogUtils, ModelLoadContext and so on: the types that are not public. No other type has their names, except generic ones.
        string[] types = [.. MLNetRules.AllowedInternals.Where(entry => !entry.Contains(' ')).Select(entry => entry.Split('.')[^1])];
        string[] users = [.. Repository.Code()
            .Where(file => !file.StartsWith("test/Architecture.Tests/", StringComparison.Ordinal))
            .Where(file => Sources.NonGenericWords(Repository.Text(file)) is var words && types.Any(type => words.Contains(type) || words.Contains(TrimAttribute(type))))];
        Assert.Equal([MLNetRules.InternalsFile], users);
    }

    private static string TrimAttribute(string type) => type.EndsWith("Attribute", StringComparison.Ordinal) ? type[..^"Attribute".Length] : type;

    [Fact]
    public void TheBindingUsesExactlyTheListedInternals()
    {
        using var resolver = new DefaultAssemblyResolver();
        using ModuleDefinition module = Binding(resolver);
        Assert.Equal(MLNetRules.AllowedInternals.Order(StringComparer.Ordinal), MLNetRules.NonPublicUses(module).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnInternalThatIsNotListedIsFound()
    {
        using var resolver = new DefaultAssemblyResolver();
        using ModuleDefinition module = Binding(resolver);
        TypeDefinition listed = module.GetTypeReferences().Single(type => type.Name == "ModelLoadContext").Resolve();
        TypeDefinition other = listed.Module.Types.First(type => type.IsNotPublic && type.IsClass && type.Namespace.StartsWith("Microsoft.ML", StringComparison.Ordinal)
            && !MLNetRules.AllowedInternals.Contains(type.FullName) && type.Methods.Any(method => method.IsConstructor && !method.IsStatic));
        MethodDefinition constructor = other.Methods.First(method => method.IsConstructor && !method.IsStatic);

        // A method more that calls it, as a careless change of the binding would have.
        var careless = new MethodDefinition("Careless", MethodAttributes.Static, module.TypeSystem.Void);
        careless.Body.GetILProcessor().Emit(OpCodes.Newobj, module.ImportReference(constructor));
        module.Types.First(type => type.Name == "AnomalyDetectorTransformer").Methods.Add(careless);
        using var changed = new MemoryStream();
        module.Write(changed);
        changed.Position = 0;
        using ModuleDefinition reread = ModuleDefinition.ReadModule(changed, new ReaderParameters { AssemblyResolver = resolver });
        Assert.Equal([other.FullName, $"{other.FullName} .ctor"], MLNetRules.NonPublicUses(reread).Except(MLNetRules.AllowedInternals));
    }

    private static ModuleDefinition Binding(DefaultAssemblyResolver resolver)
    {
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.Adversarial.dll"), new ReaderParameters { AssemblyResolver = resolver });
    }
}
