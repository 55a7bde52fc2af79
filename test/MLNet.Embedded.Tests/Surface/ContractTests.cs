using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Surface;

/// <summary>What users implement or reach around the public surface must be all there, exactly as ML.NET has it.</summary>
public sealed class ContractTests
{
    [Fact]
    public void InterfacesAndAbstractMembersAreComplete()
    {
        string[] listed = SurfaceTests.ListFiles().SelectMany(File.ReadLines).ToArray();
        var missing = new List<string>();
        foreach (Type type in typeof(MLContext).Assembly.GetTypes().Where(SurfaceFormatter.IsReachable))
        {
            if (typeof(Delegate).IsAssignableFrom(type))
                continue;
            string head = TypeNames.Full(type) + " :: ";
            HashSet<string> own = SurfaceFormatter.Lines(type).ToHashSet();
            missing.AddRange(listed.Where(line => line.StartsWith(head, StringComparison.Ordinal) && !line.Contains("!type")
                && (type.IsInterface || type.IsEnum || line.Contains(" abstract ")) && !own.Contains(line)));
        }

        Assert.True(missing.Count == 0, string.Join("\n", missing));
    }

    [Fact]
    public void CatalogsHandOutTheirEnvironment()
    {
        var context = new MLContext();
        IInternalCatalog[] catalogs = [context.Transforms, context.Transforms.Categorical, context.Transforms.Conversion, context.Data,
            context.Model, context.AnomalyDetection, context.AnomalyDetection.Trainers, context.BinaryClassification];
        Assert.All(catalogs, catalog => Assert.NotNull(catalog.GetEnvironment()));
    }
}
