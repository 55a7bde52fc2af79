using Mono.Cecil;

namespace Architecture.Tests;

/// <summary>ML.NET's assemblies, and the members of them that are not public and may yet be used.</summary>
internal static class MLNetRules
{
    /// <summary>The only file that touches what is not public.</summary>
    public const string InternalsFile = "src/Microsoft.ML.Adversarial/MLNetInternals.cs";

    /// <summary>"type" or "type member".</summary>
    public static HashSet<string> AllowedInternals { get; } =
        [.. Repository.Lines("eng/internals.txt").Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Trim())];

    /// <summary>Whether an assembly is ML.NET's.</summary>
    public static bool IsMLNet(string assembly) =>
        assembly.StartsWith("Microsoft.ML", StringComparison.Ordinal) && assembly != "Microsoft.ML.Adversarial";

    /// <summary>ML.NET's members that a module uses although they are not public, as <see cref="AllowedInternals"/> writes them.</summary>
    public static IReadOnlySet<string> NonPublicUses(ModuleDefinition module)
    {
        var uses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (TypeReference reference in module.GetTypeReferences().Where(IsMLNet))
        {
            TypeDefinition type = reference.Resolve();
            if (!IsVisible(type))
                uses.Add(NameOf(type));
        }

        foreach (MemberReference reference in module.GetMemberReferences().Where(member => IsMLNet(member.DeclaringType)))
        {
            IMemberDefinition? member = reference.Resolve();
            // A public member of a type that is not public needs access to the type alone, but the list names both.
            if (member is not null && (!IsVisible(member.DeclaringType) || !IsVisible(member)))
                uses.Add($"{NameOf(member.DeclaringType)} {member.Name}");
        }

        foreach (CustomAttribute attribute in module.Assembly.CustomAttributes.Where(attribute => IsMLNet(attribute.AttributeType)))
        {
            // Types inside typeof stand as text in the attribute's blob.
            foreach (TypeReference argument in attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().Where(IsMLNet))
            {
                if (!IsVisible(argument.Resolve()))
                    uses.Add(NameOf(argument.Resolve()));
            }
        }

        return uses;
    }

    private static bool IsMLNet(TypeReference type) => type.GetElementType().Scope is AssemblyNameReference assembly && IsMLNet(assembly.Name);

    private static string NameOf(TypeReference type) => type.FullName.Replace('/', '.');

    private static bool IsVisible(TypeDefinition type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(type.DeclaringType) : type.IsPublic;

    private static bool IsVisible(IMemberDefinition member) => member switch
    {
        MethodDefinition method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldDefinition field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => true,
    };
}
