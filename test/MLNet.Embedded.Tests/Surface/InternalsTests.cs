using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML;

namespace MLNet.Embedded.Tests.Surface;

/// <summary>The members that are not public and that outsiders may yet use are here as Data/internals.md has them.</summary>
public sealed partial class InternalsTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static string Page { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "internals.md"));

    /// <summary>Kind and signature of each row of the table.</summary>
    public static TheoryData<string, string> Rows => [.. TableRow().Matches(Page).Select(row => (row.Groups["kind"].Value, row.Groups["code"].Value))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void IsAsListed(string kind, string signature)
    {
        string[] lines = [.. Lines(kind)];
        string name = signature.Split('(', '{')[0].Split(' ', '.')[^1];
        Assert.True(lines.Contains(signature), $"{signature} is not in the host, but\n{string.Join("\n", lines.Where(line => line.Contains(name, StringComparison.Ordinal)))}");
    }

    [Fact]
    public void TheTableIsRead() => Assert.Equal(13, Rows.Count);

    // Everything of that kind that the host has and the public lists do not show, as the table writes it.
    private static IEnumerable<string> Lines(string kind)
    {
        Type[] types = typeof(MLContext).Assembly.GetTypes();
        return kind switch
        {
            "type" => types.Where(type => type.IsNotPublic).Select(TypeLine),
            "constructor" => types.SelectMany(type => type.GetConstructors(Declared), (type, one) => $"{type.Name}({SurfaceFormatter.Parameters(one)})"),
            "field" => types.SelectMany(type => type.GetFields(Declared), (type, one) =>
                $"{Access(one.IsPublic, one.IsAssembly)} {(one.IsInitOnly ? "readonly " : "")}{TypeNames.Short(one.FieldType)} {type.Name}.{one.Name}"),
            "method" => types.SelectMany(type => type.GetMethods(Declared), (type, one) =>
                $"{Access(one.IsPublic, one.IsAssembly)} {(one.IsStatic ? "static " : "")}{TypeNames.Short(one.ReturnType)} {type.Name}.{one.Name}({This(one)}{SurfaceFormatter.Parameters(one)})"),
            _ => throw new FormatException($"'{kind}' is no kind of member."),
        };
    }

    private static string TypeLine(Type type)
    {
        string name = TypeNames.Full(type);
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"internal delegate {TypeNames.Short(type.GetMethod("Invoke").ReturnType)} {name}({SurfaceFormatter.Parameters(type.GetMethod("Invoke"))})";
        string contracts = string.Join(", ", type.GetInterfaces().Select(TypeNames.Short));
        string members = type.IsInterface ? $" {{ {string.Join(" ", type.GetProperties().Select(one => $"{TypeNames.Short(one.PropertyType)} {one.Name} {{ get; }}"))} }}" : "";
        return $"internal {SurfaceFormatter.Kind(type)} {name}{(contracts.Length > 0 ? " : " : "")}{contracts}{members}";
    }

    private static string Access(bool isPublic, bool isInternal) => isPublic ? "public" : isInternal ? "internal" : "hidden";

    private static string This(MethodInfo method) => method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute)) ? "this " : "";

    [Fact]
    public void LoadableClassesAreAnAssemblysAndMayBeSeveral()
    {
        var usage = typeof(LoadableClassAttribute).GetCustomAttribute<AttributeUsageAttribute>();
        Assert.Equal((AttributeTargets.Assembly, true), (usage.ValidOn, usage.AllowMultiple));
    }

    [GeneratedRegex(@"^\| Microsoft\.ML\.\w+ \| (?<kind>\w+) \| `(?<code>[^`]*)`", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
