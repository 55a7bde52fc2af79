using Microsoft.ML.Adversarial;
using Mono.Cecil;

namespace TorchSharp.Tests;

/// <summary>
/// Some of TorchSharp's operations make a native number, pass its address on and hold it no longer: the collector may free it while it is read. None of these
/// is to be used.
/// </summary>
public class HiddenNumberTests
{
    private static IEnumerable<MethodDefinition> Methods(Type ofAssembly)
    {
        ModuleDefinition module = ModuleDefinition.ReadModule(ofAssembly.Assembly.Location);
        return module.Types.SelectMany(WithNested).SelectMany(type => type.Methods).Where(method => method.HasBody);
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static IEnumerable<MethodReference> Calls(MethodDefinition method) => method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>();

    private static bool MakesNumber(MethodReference method) =>
        method.ReturnType.Name == nameof(Scalar) && (method.Name == "ToScalar" || (method.Name == "op_Implicit" && method.DeclaringType.Name == nameof(Scalar)));

    [Fact]
    public void No_operation_that_makes_a_number_of_its_own_is_used()
    {
        Dictionary<string, MethodDefinition> all = Methods(typeof(torch)).Where(method => !method.DeclaringType.Name.StartsWith(nameof(Scalar), StringComparison.Ordinal))
            .GroupBy(method => method.FullName).ToDictionary(group => group.Key, group => group.First());
        bool Hides(string name, int depth) => depth > 0 && all.TryGetValue(name, out MethodDefinition? method)
            && Calls(method).Any(call => MakesNumber(call) || Hides(call.FullName, depth - 1));

        // The check sees what it is for.
        Assert.Contains(all.Keys, name => name.EndsWith("Tensor::square()", StringComparison.Ordinal) && Hides(name, 3));
        string[] used = [.. Methods(typeof(TorchDevice)).SelectMany(Calls).Where(call => call.DeclaringType.FullName.StartsWith("TorchSharp.", StringComparison.Ordinal))
            .Select(call => call.FullName).Distinct()];
        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, name => Hides(name, 3));
    }
}
