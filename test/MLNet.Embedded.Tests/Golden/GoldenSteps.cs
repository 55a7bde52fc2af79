using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>Estimators from the steps of the golden files.</summary>
internal static class GoldenSteps
{
    /// <summary>One step is that estimator alone, several are joined by Append.</summary>
    internal static IEstimator<ITransformer> Build(MLContext context, JsonElement steps) =>
        steps.GetArrayLength() == 1 ? Create(context, steps[0]) : BuildChain(context, steps);

    internal static EstimatorChain<ITransformer> BuildChain(MLContext context, JsonElement steps)
    {
        var chain = new EstimatorChain<ITransformer>();
        foreach (JsonElement step in steps.EnumerateArray())
        {
            bool cache = step.GetProperty("op").GetString() == "AppendCacheCheckpoint";
            chain = cache ? chain.AppendCacheCheckpoint(context) : chain.Append(Create(context, step));
        }

        return chain;
    }

    internal static IEstimator<ITransformer> Create(MLContext context, JsonElement step)
    {
        TransformsCatalog transforms = context.Transforms;
        string output = Text(step, "output");
        string input = Text(step, "input");
        string[] names = step.Optional("columns") is { } list && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? list.Strings()
            : null;
        InputOutputColumnPair[] pairs = names == null ? Pairs(step) : null;
        return step.GetProperty("op").GetString() switch
        {
            "Concatenate" => transforms.Concatenate(output, step.GetProperty("inputs").Strings()),
            "CopyColumns" => transforms.CopyColumns(output, input),
            "DropColumns" => transforms.DropColumns(names),
            "SelectColumns" when step.Optional("keepHidden") is { } keep => transforms.SelectColumns(names, keep.GetBoolean()),
            "SelectColumns" => transforms.SelectColumns(names),
            "NormalizeMinMax" => MinMax(transforms, step, output, input, pairs),
            "NormalizeMeanVariance" => MeanVariance(transforms, step, output, input),
            "OneHotEncoding" => OneHot(transforms, step, output, input, pairs),
            "ConvertType" => transforms.Conversion.ConvertType(output, input, Enum(step, "outputKind", DataKind.Single)),
            "MapValueToKey" => transforms.Conversion.MapValueToKey(output, input, Number(step, "maximumNumberOfKeys", 1000000),
                Enum(step, "keyOrdinality", ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence)),
            "MapKeyToValue" => transforms.Conversion.MapKeyToValue(output, input),
            "MapKeyToVector" => transforms.Conversion.MapKeyToVector(output, input),
            "ReplaceMissingValues" => transforms.ReplaceMissingValues(output, input,
                Enum(step, "replacementMode", MissingValueReplacingEstimator.ReplacementMode.DefaultValue),
                Flag(step, "imputeBySlot", true)),
            "RandomizedPca" => context.AnomalyDetection.Trainers.RandomizedPca(Text(step, "featureColumn") ?? "Features",
                Text(step, "weightColumn"), Number(step, "rank", 20), Number(step, "oversampling", 20), Flag(step, "ensureZeroMean", true),
                step.Optional("seed")?.GetInt32()),
            string op => throw new NotSupportedException(op),
        };
    }

    private static NormalizingEstimator MinMax(TransformsCatalog transforms, JsonElement step, string output, string input,
        InputOutputColumnPair[] pairs)
    {
        long count = step.Optional("maximumExampleCount")?.GetInt64() ?? 1000000000;
        bool fixZero = Flag(step, "fixZero", true);
        return pairs != null
            ? transforms.NormalizeMinMax(pairs, count, fixZero)
            : transforms.NormalizeMinMax(output, input, count, fixZero);
    }

    private static NormalizingEstimator MeanVariance(TransformsCatalog transforms, JsonElement step, string output, string input) =>
        transforms.NormalizeMeanVariance(output, input, step.Optional("maximumExampleCount")?.GetInt64() ?? 1000000000,
            Flag(step, "fixZero", true), Flag(step, "useCdf", false));

    private static OneHotEncodingEstimator OneHot(TransformsCatalog transforms, JsonElement step, string output, string input,
        InputOutputColumnPair[] pairs)
    {
        var kind = Enum(step, "outputKind", OneHotEncodingEstimator.OutputKind.Indicator);
        int count = Number(step, "maximumNumberOfKeys", 1000000);
        var order = Enum(step, "keyOrdinality", ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence);
        return pairs != null
            ? transforms.Categorical.OneHotEncoding(pairs, kind, count, order)
            : transforms.Categorical.OneHotEncoding(output, input, kind, count, order);
    }

    private static InputOutputColumnPair[] Pairs(JsonElement step) => step.Optional("columns")?.EnumerateArray()
        .Select(pair => new InputOutputColumnPair(Text(pair, "output"), Text(pair, "input"))).ToArray();

    private static string Text(JsonElement step, string name) => step.Optional(name)?.GetString();

    private static int Number(JsonElement step, string name, int otherwise) => step.Optional(name)?.GetInt32() ?? otherwise;

    private static bool Flag(JsonElement step, string name, bool otherwise) => step.Optional(name)?.GetBoolean() ?? otherwise;

    private static T Enum<T>(JsonElement step, string name, T otherwise)
        where T : struct => Text(step, name) is { } value ? System.Enum.Parse<T>(value) : otherwise;
}
