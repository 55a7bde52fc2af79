using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Marks the models that trainers make.</summary>
internal interface IPredictor;

internal interface IPredictorProducing<out TResult> : IPredictor;

/// <summary>Scores one vector of features; for several threads at once.</summary>
internal interface IValueMapper : IPredictor
{
    VectorDataViewType InputType { get; }

    float Score(in VBuffer<float> features);
}
