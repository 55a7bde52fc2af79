namespace Architecture.Tests.Package;

/// <summary>The same sources on both hosts: what is built here against the embedded one compiles against ML.NET's own surface, too.</summary>
public sealed class PackageSourcesTests(StandIns standIns) : IClassFixture<StandIns>
{
    private const string Conformance = "test/Conformance.Tests";

    [Fact]
    public void BindingTestsAndSamplesCompileAgainstTheListsOfMLNet()
    {
        Compile("src/Microsoft.ML.Adversarial", []);
        Compile("test/ModelLoader", [], "-target:exe");
        foreach (string sample in Directory.GetDirectories(Path.Combine(Repository.Root, "samples")))
            Compile("samples/" + Path.GetFileName(sample), [], "-target:exe");
        Compile(Conformance, ["Xunit"]);
        standIns.Compile("Microsoft.ML.Adversarial.Tests", Sources("test/Microsoft.ML.Adversarial.Tests").Concat(Sources(Conformance + "/MLNet/Data")), ["Xunit", "Conformance.Tests.MLNet"]);
    }

    [Theory]
    [InlineData("class Half : ITransformer { }", "'Half' does not implement interface member 'ITransformer.Transform(IDataView)'")]
    [InlineData("class Use { object Of(MLContext context) => context.Transforms.Concatenate(output: \"Features\", \"A\"); }", "does not have a parameter named 'output'")]
    [InlineData("class Use { void Of(MLContext context) => context.Nothing(); }", "'MLContext' does not contain a definition for 'Nothing'")]
    [InlineData("class Use { object Of(MLContext context) => Data.CatalogUtils.GetEnvironment(context.Transforms); }", "'CatalogUtils' is inaccessible")]
    public void WhatTheListsLackDoesNotCompile(string code, string message)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "unlisted.cs");
        File.WriteAllText(source, $"namespace Microsoft.ML.Unlisted; {code}");
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => standIns.Compile("Unlisted", [source], [])).Message);
    }

    private void Compile(string folder, string[] usings, params string[] options) => standIns.Compile(Path.GetFileName(folder), Sources(folder), usings, options);

    private static IEnumerable<string> Sources(string folder) => Repository.Files(folder, "*.cs").Select(file => Path.Combine(Repository.Root, file));
}
