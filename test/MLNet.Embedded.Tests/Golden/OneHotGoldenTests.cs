using System.Text.Json;

namespace MLNet.Embedded.Tests.Golden;

public class OneHotGoldenTests
{
    private const string File = "one-hot.json";

    public static TheoryData<string> Names => GoldenFile.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void OneHotEncoding_gives_what_MLNET_gives(string name)
    {
        GoldenCase golden = GoldenFile.Get(File, name);
        JsonElement step = golden.Settings.GetProperty("steps")[0];
        TransformGoldenCase.Check(golden, step.Optional("output")?.GetString(), tolerance: 0);
    }
}
