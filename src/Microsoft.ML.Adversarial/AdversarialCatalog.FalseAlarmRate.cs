using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

public static partial class AdversarialCatalog
{
    /// <summary>The same detector with a column more that says how rare a row's score is among normal rows; nothing is trained.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">
    /// A fitted detector, for example the last transformer of a chain, that was trained with <c>CalibrationShare</c> or <c>FalseAlarmRate</c>.
    /// </param>
    /// <param name="columnName">
    /// Name of the column, a <see cref="float"/> in (0, 1]: over draws of rows, that of a new normal row is at most a with a probability of at most
    /// a; NaN where the score is NaN. Null takes the column away. It is saved with the model.
    /// </param>
    /// <returns><paramref name="model"/> itself if it has that column already, else a new transformer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or that of the score, the predicted label or the features.</exception>
    /// <exception cref="InvalidOperationException">No rows were held out when the model was trained.</exception>
    public static AnomalyDetectorTransformer ChangeFalseAlarmRateColumn(this AnomalyDetectionCatalog catalog, AnomalyDetectorTransformer model,
        string? columnName = "FalseAlarmRate")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return model.WithFalseAlarmRateColumn(columnName);
    }
}
