using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

/// <summary>The cases of errors.json about prediction engines.</summary>
internal static class EngineScenarios
{
    internal static void Run(string name, MLContext context, ITransformer model)
    {
        ModelOperationsCatalog models = context.Model;
        switch (name)
        {
            case "engine-input-member-missing":
                models.CreatePredictionEngine<OnlyX, Scored>(model);
                break;
            case "engine-input-wrong-type":
                models.CreatePredictionEngine<TextX, Scored>(model);
                break;
            case "engine-output-missing-default":
                models.CreatePredictionEngine<Numbers, NopeOutput>(model);
                break;
            case "engine-output-missing-not-ignored":
                models.CreatePredictionEngine<Numbers, NopeOutput>(model, ignoreMissingColumns: false);
                break;
            case "engine-output-wrong-type":
                models.CreatePredictionEngine<Numbers, TextScore>(model);
                break;
            case "engine-predict-null":
                models.CreatePredictionEngine<Numbers, Scored>(model).Predict(null);
                break;
            case "engine-vector-null-array":
                models.CreatePredictionEngine<Vector4, Scored>(model).Predict(new Vector4());
                break;
            case "engine-vector-short-array":
                models.CreatePredictionEngine<Vector4, Scored>(model).Predict(new Vector4 { F = [1, 2, 3] });
                break;
            case "engine-vector-declared-3":
                models.CreatePredictionEngine<Vector3, Scored>(model).Predict(new Vector3 { F = [1, 2, 3] });
                break;
            case "engine-vector-undeclared":
                models.CreatePredictionEngine<AnyVector, Scored>(model).Predict(new AnyVector { F = [1, 2, 3, 4] });
                break;
            default:
                throw new NotSupportedException(name);
        }
    }

    private sealed class OnlyX
    {
        public float X { get; set; }
    }

    private sealed class Vector4
    {
        [VectorType(4)]
        public float[] F { get; set; }
    }

    private sealed class Vector3
    {
        [VectorType(3)]
        public float[] F { get; set; }
    }

    private sealed class AnyVector
    {
        public float[] F { get; set; }
    }

    private sealed class Scored
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class NopeOutput
    {
        public float Nope { get; set; }
    }

    private sealed class TextScore
    {
        public string Score { get; set; }
    }
}
