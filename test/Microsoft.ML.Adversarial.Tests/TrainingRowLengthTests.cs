using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Objects whose array is not as long as the column's type says: ML.NET hands them over as they are, the trainer refuses them.</summary>
public class TrainingRowLengthTests
{
    private static readonly MLContext _mlContext = new(1);

    private sealed class Row
    {
        [VectorType(Simulated.Columns)]
        public float[]? Features { get; set; }

        public bool Label { get; set; }
    }

    private static IDataView Data(float[]? odd, bool label = false) => _mlContext.Data.LoadFromEnumerable(
        Simulated.Rows(20).Select((row, r) => new Row { Features = r == 7 ? odd : row, Label = r == 7 && label }));

    public static TheoryData<float[]?, string> Odd => new()
    {
        { [1, 2, 3], "3 values" },
        { [1, 2, 3, 4, 5], "5 values" },
        { [], "0 values (the array is empty or null)" },
        { null, "0 values (the array is empty or null)" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public void TheRowTheColumnAndBothLengthsAreNamed(float[]? odd, string shown) =>
        Assert.Equal(
            $"Row 7 of column 'Features' has {shown} where the column's type promises 4: give each row as many values as the type says.",
            Assert.Throws<InvalidOperationException>(() => Simulated.Fit(Data(odd))).Message);

    [Fact]
    public void AKnownAnomalyIsCheckedTooWhereItIsUsed()
    {
        Assert.StartsWith("Row 7 of column 'Features' has 3 values",
            Assert.Throws<InvalidOperationException>(() => _mlContext.AnomalyDetection.Trainers.AnoEan().Fit(Data([1, 2, 3], label: true))).Message, StringComparison.Ordinal);
        Assert.True(float.IsFinite(Simulated.Fit(Data([1, 2, 3], label: true), options => options.LabelColumnName = "Label").Threshold));
    }
}
