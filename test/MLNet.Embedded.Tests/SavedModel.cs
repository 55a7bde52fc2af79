using Microsoft.ML;

namespace MLNet.Embedded.Tests;

internal static class SavedModel
{
    /// <summary>The model saved and loaded again in a context that has seen nothing of it.</summary>
    internal static ITransformer RoundTrip(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }
}
