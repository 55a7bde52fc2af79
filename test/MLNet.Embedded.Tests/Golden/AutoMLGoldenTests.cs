namespace MLNet.Embedded.Tests.Golden;

public sealed class AutoMLGoldenTests
{
    private const string FileName = "automl.json";

    public static TheoryData<string> Names => GoldenFile.Names(FileName);

    [Theory]
    [MemberData(nameof(Names))]
    public void IsOutOfScope(string name)
    {
        GoldenFile.Get(FileName, name);
        Assert.Fail("A case that is in no list of this host");
    }
}
