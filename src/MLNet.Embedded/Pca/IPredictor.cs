using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Marks the models that trainers make.</summary>
internal interface IPredictor;

internal interface IPredictorProducing<out TResult> : IPredictor;

internal interface ITrainer
{
    TrainerInfo Info { get; }
}

internal interface ITrainer<out TPredictor> : ITrainer
    where TPredictor : IPredictor;

/// <summary>Scores one vector of features.</summary>
/// <remarks>A mapper keeps buffers: each cursor asks for its own.</remarks>
internal interface IValueMapper : IPredictor
{
    VectorDataViewType InputType { get; }

    ScoreMapper GetMapper();
}

internal delegate void ScoreMapper(in VBuffer<float> features, ref float score);
