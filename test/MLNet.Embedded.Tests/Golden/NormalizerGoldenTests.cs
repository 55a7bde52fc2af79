using System.Collections;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNet.Embedded.Tests.Golden;

public class NormalizerGoldenTests
{
    private const string File = "normalizers.json";

    public static TheoryData<string> Names => GoldenFile.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Normalizers_learn_and_give_what_MLNET_does(string name)
    {
        GoldenCase golden = GoldenFile.Get(File, name);
        JsonElement step = golden.Settings.GetProperty("steps")[0];
        bool isDouble = golden.Input.GetProperty("train").GetProperty("columns")[0].GetProperty("type").GetString().Contains("Double");
        double tolerance = isDouble ? 1e-12 : 1e-6;
        TransformGoldenCase.Check(golden, step.Optional("output")?.GetString(), tolerance,
            model => CheckParameters(golden.Expected.Optional("parameters"), model, tolerance));
    }

    private static void CheckParameters(JsonElement? expected, ITransformer model, double tolerance)
    {
        if (expected == null)
            return;
        object parameters = ((NormalizingTransformer)model).GetNormalizerModelParameters(0);
        Type data = parameters.GetType().GetGenericArguments()[0];
        string dataName = data.IsGenericType ? $"ImmutableArray<{data.GetGenericArguments()[0].Name}>" : data.Name;
        Assert.Equal(expected.Value.GetProperty("dataType").GetString(), dataName);
        Assert.StartsWith(expected.Value.GetProperty("kind").GetString(), parameters.GetType().Name);
        foreach (JsonProperty property in expected.Value.EnumerateObject().Where(p => p.Name is not ("kind" or "dataType")))
        {
            object value = parameters.GetType().GetProperty(property.Name).GetValue(parameters);
            object plain = value is IEnumerable items ? items.Cast<object>().ToArray() : value;
            Assert.Null(GoldenValue.Difference(property.Value, plain, tolerance));
        }
    }
}
