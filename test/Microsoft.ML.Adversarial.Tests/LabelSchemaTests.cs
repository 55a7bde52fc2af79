using Microsoft.ML;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>A chain learns that a label column will not do before it fits anything.</summary>
public class LabelSchemaTests
{
    [Theory]
    [InlineData("date", "DateTime")]
    [InlineData("vector", "Vector<Single>")]
    public void A_label_of_a_wrong_type_is_refused_by_shape(string kind, string got)
    {
        TableColumn label = kind == "date"
            ? TableColumn.Of("Bad", DateTimeDataViewType.Instance, new DateTime[20])
            : TableColumn.Vectors("Bad", Simulated.Rows(20));
        var mlContext = new MLContext(1);
        var chain = new EstimatorChain<ITransformer>().Append(new Untouched())
            .Append(mlContext.AnomalyDetection.Trainers.Da3d(labelColumnName: "Bad"));
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(Simulated.Table(Simulated.Rows(20), label)));
        Assert.Contains($"Schema mismatch for label column 'Bad': expected Boolean, a number, a key or text, got {got}", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Untouched : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => throw new InvalidOperationException("Fitted before the shapes were checked.");

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
