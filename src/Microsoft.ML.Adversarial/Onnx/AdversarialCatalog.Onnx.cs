using Adversarial.Detectors;
using Microsoft.ML.Adversarial;

namespace Microsoft.ML;

public static partial class AdversarialCatalog
{
    /// <summary>
    /// Writes a detector as an ONNX model (operators of version 12): <c>Features</c> [N, features] in, <c>Score</c> [N, 1] and <c>PredictedLabel</c> [N, 1]
    /// out, with scaling, guard, threshold and the verdict on missing values inside. Any runtime of ONNX gives the scores of this library but for rounding; so does
    /// <c>Transforms.ApplyOnnxModel</c>. It has no column but these: no false-alarm rate, map or contributions.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted detector, for example the last transformer of a chain.</param>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <exception cref="NotSupportedException">
    /// The method's score is no feed-forward computation, as AnoGAN's; the detector throws at missing values, which an ONNX model cannot; or it takes more than 2 GB.
    /// </exception>
    public static void SaveOnnx(this AnomalyDetectionCatalog catalog, AnomalyDetectorTransformer model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        OnnxExport.Save(model, stream);
    }

    /// <summary>The same as a file, which is whole at any time: where writing fails, what was there before is left.</summary>
    /// <inheritdoc cref="SaveOnnx(AnomalyDetectionCatalog, AnomalyDetectorTransformer, Stream)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">A fitted detector, for example the last transformer of a chain.</param>
    /// <param name="filePath">The file to write or to replace.</param>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    public static void SaveOnnx(this AnomalyDetectionCatalog catalog, AnomalyDetectorTransformer model, string filePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        AtomicFile.Write(filePath, stream => SaveOnnx(catalog, model, stream));
    }

    /// <summary>
    /// Writes a whole pipeline as one ONNX model: what ML.NET's <c>ConvertToOnnx</c> (package Microsoft.ML.OnnxConverter) makes of the transformers before the
    /// detector, and the detector behind it. Inputs are the columns that the features are made of, under the names that ML.NET gives them; outputs are
    /// <c>Score</c> and <c>PredictedLabel</c>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The fitted detector.</param>
    /// <param name="stream">Where it goes; it stays open.</param>
    /// <param name="modelBefore">The model that <c>ConvertToOnnx</c> wrote, from its position to its end. It has the detector's feature column among its outputs.</param>
    /// <exception cref="NotSupportedException">As for the detector alone.</exception>
    /// <exception cref="FormatException"><paramref name="modelBefore"/> is no ONNX model.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="modelBefore"/> does not give the detector's feature column, or with another type or size, or has operators of another version than 12.
    /// </exception>
    /// <exception cref="InvalidOperationException">A column of the model before is named <c>Score</c> or <c>PredictedLabel</c>.</exception>
    public static void SaveOnnx(this AnomalyDetectionCatalog catalog, AnomalyDetectorTransformer model, Stream stream, Stream modelBefore)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(modelBefore);
        OnnxExport.Save(model, stream, modelBefore);
    }
}
