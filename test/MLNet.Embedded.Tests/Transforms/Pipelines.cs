using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Embedded.Tests.Transforms;

/// <summary>Every transform on the flows, by name; each makes a column X.</summary>
internal static class Pipelines
{
    internal static IReadOnlyDictionary<string, Func<MLContext, IEstimator<ITransformer>>> All { get; } =
        new Dictionary<string, Func<MLContext, IEstimator<ITransformer>>>
        {
            ["concatenate"] = c => c.Transforms.Concatenate("X", "Duration", "Flags"),
            ["copy"] = c => c.Transforms.CopyColumns("X", "Flags"),
            ["drop"] = c => c.Transforms.CopyColumns("X", "Bytes").Append(c.Transforms.DropColumns("Flags", "Protocol")),
            ["select"] = c => c.Transforms.CopyColumns("X", "Bytes").Append(c.Transforms.SelectColumns("X", "Duration")),
            ["one-hot"] = c => c.Transforms.Categorical.OneHotEncoding("X", "Protocol"),
            ["one-hot-bag"] = c => OneHot(c, "Protocol", OneHotEncodingEstimator.OutputKind.Bag),
            ["one-hot-key"] = c => OneHot(c, "Protocol", OneHotEncodingEstimator.OutputKind.Key),
            ["one-hot-binary"] = c => OneHot(c, "Protocol", OneHotEncodingEstimator.OutputKind.Binary),
            ["one-hot-of-vector"] = c => OneHot(c, "Flags", OneHotEncodingEstimator.OutputKind.Indicator),
            ["one-hot-bag-of-vector"] = c => OneHot(c, "Flags", OneHotEncodingEstimator.OutputKind.Bag),
            ["one-hot-key-data"] = c => c.Transforms.Categorical.OneHotEncoding("X", "Protocol", keyData: KeyData(c)),
            ["value-to-key"] = c => c.Transforms.Conversion.MapValueToKey("X", "Bytes"),
            ["value-to-key-boolean"] = c => c.Transforms.Conversion.MapValueToKey("X", "Encrypted", addKeyValueAnnotationsAsText: true),
            ["key-to-value"] = c => Keys(c).Append(c.Transforms.Conversion.MapKeyToValue("X", "K")),
            ["key-to-vector"] = c => Keys(c).Append(c.Transforms.Conversion.MapKeyToVector("X", "K")),
            ["key-to-counts"] = c => Keys(c).Append(c.Transforms.Conversion.MapKeyToVector("X", "K", outputCountVector: true)),
            ["key-to-binary"] = c => Keys(c).Append(c.Transforms.Conversion.MapKeyToBinaryVector("X", "K")),
            ["convert"] = c => c.Transforms.Conversion.ConvertType("X", "Encrypted"),
            ["convert-vector-to-text"] = c => c.Transforms.Conversion.ConvertType("X", "Flags", DataKind.String),
            ["min-max"] = c => c.Transforms.NormalizeMinMax("X", "Flags"),
            ["min-max-double"] = c => c.Transforms.NormalizeMinMax("X", "Bytes", fixZero: false),
            ["min-max-pairs"] = c => c.Transforms.NormalizeMinMax([new("X", "Bytes"), new("Flags")]),
            ["mean-variance"] = c => c.Transforms.NormalizeMeanVariance("X", "Flags", fixZero: false),
            ["mean-variance-cdf"] = c => c.Transforms.NormalizeMeanVariance("X", "Flags", useCdf: true),
            ["replace-missing"] = c => Replace(c, "Duration", MissingValueReplacingEstimator.ReplacementMode.Mean),
            ["replace-missing-slots"] = c => Replace(c, "Flags", MissingValueReplacingEstimator.ReplacementMode.Maximum),
            ["indicate-missing"] = c => c.Transforms.IndicateMissingValues("X", "Flags"),
            ["indicate-missing-pairs"] = c => c.Transforms.IndicateMissingValues([new("X", "Duration")]),
            ["pca"] = c =>
                c.AnomalyDetection.Trainers.RandomizedPca("Flags", rank: 2, seed: 1).Append(c.Transforms.CopyColumns("X", "Score")),
        };

    private static IEstimator<ITransformer> OneHot(MLContext context, string input, OneHotEncodingEstimator.OutputKind kind) =>
        context.Transforms.Categorical.OneHotEncoding("X", input, kind);

    private static IEstimator<ITransformer> Keys(MLContext context) => context.Transforms.Conversion.MapValueToKey("K", "Protocol");

    private static IEstimator<ITransformer> Replace(MLContext context, string input, MissingValueReplacingEstimator.ReplacementMode mode) =>
        context.Transforms.ReplaceMissingValues("X", input, mode);

    private static IDataView KeyData(MLContext context) =>
        context.Transforms.SelectColumns("Protocol").Fit(Flow.Load(context)).Transform(context.Data.TakeRows(Flow.Load(context), 3));
}
