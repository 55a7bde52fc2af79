using Mono.Cecil;

namespace Architecture.Tests.Package;

/// <summary>
/// Compiled stand-ins of ML.NET's assemblies, with the members of its lists and nothing else: what compiles against them compiles against
/// the package.
/// </summary>
public sealed class StandIns : IDisposable
{
    // The binding reaches the internals as a friend here; publicised references do it in a build.
    private const string Friend = "Microsoft.ML.Adversarial";

    private readonly string _folder = Directory.CreateTempSubdirectory("stand-ins-").FullName;
    private readonly List<string> _references = [];

    /// <summary>Makes them.</summary>
    public StandIns()
    {
        var api = new ListedApi();
        foreach (string assembly in ListedApi.Assemblies)
        {
            string source = Path.Combine(_folder, assembly + ".cs");
            string target = Path.Combine(_folder, assembly + ".dll");
            File.WriteAllText(source, api.ToSource(assembly, ListedApi.Assemblies.Where(other => other != assembly).Append(Friend)));
            // Stand-ins leave fields unset, hide members and so on.
            Compiler.Compile(target, [source], _references, [], "-warn:0", "-nullable:disable");
            _references.Add(target);
        }

        _references.ForEach(MakeAbstract);
    }

    /// <summary>Compiles sources against them and against what was compiled before.</summary>
    /// <exception cref="InvalidOperationException">They do not compile; the message is the compiler's.</exception>
    internal void Compile(string name, IEnumerable<string> sources, string[] usings, params string[] options)
    {
        string target = Path.Combine(_folder, name + ".dll");
        Compiler.Compile(target, sources, _references, usings, options);
        _references.Add(target);
    }

    // Bodies spared the listed classes explicit implementations; classes outside must have them.
    private void MakeAbstract(string file)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(_folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(file)), new ReaderParameters { AssemblyResolver = resolver });
        foreach (MethodDefinition method in module.GetTypes().Where(type => type.IsInterface).SelectMany(type => type.Methods))
        {
            method.Body = null;
            method.IsAbstract = true;
        }

        module.Write(file);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
