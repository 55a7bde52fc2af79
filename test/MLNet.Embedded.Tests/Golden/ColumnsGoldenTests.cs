namespace MLNet.Embedded.Tests.Golden;

public class ColumnsGoldenTests
{
    private const string File = "columns.json";

    public static TheoryData<string> Names => GoldenFile.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Transforms_give_the_whole_schema_and_values_that_MLNET_gives(string name) =>
        TransformGoldenCase.Check(GoldenFile.Get(File, name), outputName: null, tolerance: 1e-6);
}
