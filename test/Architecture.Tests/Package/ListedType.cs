using System.Text.RegularExpressions;

namespace Architecture.Tests.Package;

/// <summary>A type of ML.NET as the lists of its public surface have it, and the C# text of a stand-in: the same surface without bodies.</summary>
/// <param name="name">With its namespace and the types around it.</param>
internal sealed partial class ListedType(string name)
{
    private const string Body = " => throw null;";

    private readonly List<string> _lines = [];

    /// <summary>The whole name.</summary>
    public string Name { get; } = name;

    /// <summary>Types declared inside.</summary>
    public List<ListedType> Nested { get; } = [];

    /// <summary>Whether it can be a base class.</summary>
    public bool IsClass => TypeHead().Match(AttributeUsage().Replace(_lines[0], "")).Groups["kind"].Value.EndsWith("class", StringComparison.Ordinal);

    /// <summary>What the lists say behind the name: the type's own line and one for each member.</summary>
    public void Add(string line) => _lines.Add(line);

    /// <summary>The name inside its namespace or type.</summary>
    public string ShortName(string around) => Name[(around.Length + 1)..];

    /// <summary>The declaration.</summary>
    /// <param name="around">Namespace or type around it.</param>
    /// <param name="isClass">Whether a class of this name is ML.NET's, so that a derived one must choose a constructor of the stand-in.</param>
    public string ToSource(string around, Func<string, bool> isClass)
    {
        string head = _lines[0];
        string shortName = ShortName(around);
        if (head.StartsWith("delegate ", StringComparison.Ordinal))
            return $"public {head.Replace(" (", $" {shortName}(")};";

        string[] members = [.. _lines.Skip(1)];
        if (head.Contains(" enum ", StringComparison.Ordinal))
            return $"{head[6..].Replace("enum", $"enum {shortName}")} {{ {string.Join(", ", members.Select(member => member["enum value ".Length..]))} }}";

        Match parts = TypeHead().Match(AttributeUsage().Replace(head, ""));
        string kind = parts.Groups["kind"].Value;
        string[] bases = [.. SplitList(parts.Groups["bases"].Value).Where(one => !one.EndsWith("[internal]", StringComparison.Ordinal) || one.StartsWith("IInternalCatalog ", StringComparison.Ordinal))
            .Select(one => one.Replace(" [internal]", ""))];
        bool isInterface = kind.EndsWith("interface", StringComparison.Ordinal);
        bool isStatic = kind.Contains("static", StringComparison.Ordinal);
        bool isStruct = kind.EndsWith("struct", StringComparison.Ordinal);
        // The lists do not tell these apart.
        if (isStruct && members.Any(member => member.StartsWith("field ", StringComparison.Ordinal) && member.Contains(" Span<", StringComparison.Ordinal)))
            kind = kind.Replace("struct", "ref struct");
        string initializer = !isStruct && bases.Length > 0 && isClass(bases[0].Split('<')[0]) ? " : base(default(Marker))" : "";

        var text = new List<string>
        {
            $"{AttributeUsage().Match(head).Value.Trim()} public {kind} {WithVariance(shortName, parts.Groups["variance"].Value)}{(bases.Length > 0 ? " : " : "")}{string.Join(", ", bases)}{parts.Groups["where"].Value}",
            "{",
        };
        text.AddRange(members.Select(member => Member(member, shortName.Split('<')[0], isInterface, initializer)));
        if (!isInterface && !isStatic)
        {
            text.Add($"internal {shortName.Split('<')[0]}(Marker _){initializer} {{ }}");
            text.AddRange(bases.SelectMany(FrameworkContracts.Implement));
        }

        text.AddRange(Nested.Select(nested => nested.ToSource(Name, isClass)));
        text.Add("}");
        return string.Join("\n", text);
    }

    private static string Member(string line, string typeName, bool isInterface, string initializer)
    {
        string[] words = line.Split(' ', 2);
        string rest = Infinity().Replace(words[1], match => match.Value[0] == '-' ? "double.NegativeInfinity" : "double.PositiveInfinity");
        bool isAbstract = rest.Contains(" abstract ", StringComparison.Ordinal);
        if (isInterface)
            rest = rest["public ".Length..];
        return words[0] switch
        {
            "ctor" => rest == "(none public or protected)" ? "" : $"{rest.Replace(" (", $" {typeName}(")}{initializer} {{ }}",
            "field" => rest + ";",
            "event" => $"{rest.Replace("public ", "public event ")} {{ add {{ }} remove {{ }} }}",
            "method" => rest + (isAbstract ? ";" : Body),
            "property" => isAbstract ? rest : rest.Replace("get;", "get" + Body).Replace("set;", "set" + Body),
            _ => throw new FormatException($"'{line}' is no member."),
        };
    }

    private static string WithVariance(string shortName, string variance)
    {
        foreach (Match one in Variance().Matches(variance))
            shortName = Regex.Replace(shortName, $@"\b{one.Groups[2].Value}\b", one.Value[1..^1]);
        return shortName;
    }

    /// <summary>The entries of a list with commas; those between angle brackets do not count.</summary>
    private static IEnumerable<string> SplitList(string text)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ',';
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c != ',' || depth > 0)
                continue;
            if (i > start)
                yield return text[start..i].Trim();
            start = i + 1;
        }
    }

    [GeneratedRegex(@" ?\[AttributeUsage\(.*\)\]")]
    private static partial Regex AttributeUsage();

    [GeneratedRegex(@"^!type public (?<kind>[a-z ]*?(?:class|struct|interface))(?<variance>(?: \[(?:in|out) \w+\])*)(?: : (?<bases>.*?))?(?<where> where .*)?$")]
    private static partial Regex TypeHead();

    [GeneratedRegex("-?Infinityd")]
    private static partial Regex Infinity();

    [GeneratedRegex(@"\[(in|out) (\w+)\]")]
    private static partial Regex Variance();
}
