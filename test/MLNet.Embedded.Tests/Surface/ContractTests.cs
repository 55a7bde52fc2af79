using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Embedded.Tests.Surface;

/// <summary>What users implement or reach around the public surface must be all there, exactly as ML.NET has it.</summary>
public sealed class ContractTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

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
    public void InternalMembersThatOutsidersUseAreThere()
    {
        AssertInternal(typeof(LoadableClassAttribute));
        AssertInternal(typeof(ModelLoadContext));
        AssertInternal(typeof(SignatureLoadModel));
        AssertInternal(typeof(CatalogUtils));
        AssertInternal(typeof(VersionInfo));
        Assert.True(typeof(VersionInfo).IsValueType);
        Assert.True(typeof(IInternalCatalog) is { IsInterface: true, IsNotPublic: true });

        ConstructorInfo loadable = typeof(LoadableClassAttribute).GetConstructor(
            [typeof(Type), typeof(Type), typeof(Type), typeof(string), typeof(string[])]);
        Assert.Equal(["instType", "argType", "sigType", "userName", "loadNames"], loadable.GetParameters().Select(p => p.Name));
        Assert.True(loadable.GetParameters()[^1].IsDefined(typeof(ParamArrayAttribute)));
        ConstructorInfo version = typeof(VersionInfo).GetConstructor(
            [typeof(string), typeof(uint), typeof(uint), typeof(uint), typeof(string), typeof(string), typeof(string)]);
        Assert.Equal(["modelSignature", "verWrittenCur", "verReadableCur", "verWeCanReadBack", "loaderAssemblyName", "loaderSignature",
            "loaderSignatureAlt"], version.GetParameters().Select(p => p.Name));

        Assert.True(typeof(ModelLoadContext).GetField("Reader", Any) is { IsPublic: true, IsInitOnly: true });
        Assert.True(typeof(ModelLoadContext).GetMethod("CheckAtModel", Any, [typeof(VersionInfo)]).IsPublic);
        Assert.True(typeof(ModelSaveContext).GetField("Writer", Any) is { IsAssembly: true, IsInitOnly: true });
        Assert.True(typeof(ModelSaveContext).GetMethod("SetVersionInfo", Any, [typeof(VersionInfo)]).IsAssembly);
        MethodInfo getEnvironment = typeof(CatalogUtils).GetMethod("GetEnvironment", Any, [typeof(IInternalCatalog)]);
        Assert.Equal((true, typeof(IHostEnvironment)), (getEnvironment.IsPublic, getEnvironment.ReturnType));
        Assert.Equal(typeof(IHostEnvironment), typeof(IInternalCatalog).GetProperty("Environment").PropertyType);
    }

    [Fact]
    public void CatalogsHandOutTheirEnvironment()
    {
        var context = new MLContext();
        IInternalCatalog[] catalogs = [context.Transforms, context.Transforms.Categorical, context.Transforms.Conversion, context.Data,
            context.Model, context.AnomalyDetection, context.AnomalyDetection.Trainers, context.BinaryClassification];
        Assert.All(catalogs, catalog => Assert.NotNull(catalog.GetEnvironment()));
    }

    private static void AssertInternal(Type type) => Assert.True(type is { IsNotPublic: true, IsSealed: true }, type.Name);
}
