using System.Security.Cryptography;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>The models that a silo scores with, each loaded once.</summary>
internal sealed class ScoringModels
{
    // Of more than so many the oldest one goes.
    private const int MostModels = 4;

    private readonly object _lock = new();
    private readonly List<(string Path, byte[] Hash, ITransformer Model)> _models = [];

    /// <summary>The model of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">What its bytes are to be.</param>
    /// <exception cref="IOException">It is not there, or is another one.</exception>
    /// <exception cref="FormatException">It is no model.</exception>
    public ITransformer Get(string path, byte[] hash)
    {
        lock (_lock)
        {
            int at = _models.FindIndex(model => model.Path == path && model.Hash.AsSpan().SequenceEqual(hash));
            if (at >= 0)
                return _models[at].Model;
            byte[] bytes = Read(path);
            if (!Hash(bytes).AsSpan().SequenceEqual(hash))
                throw new IOException($"'{path}' on {Environment.MachineName} is another model than the caller's: put the same file there, in a shared folder or by copying it.");
            ITransformer model = new MLContext().Model.LoadDetector(new MemoryStream(bytes), out _);
            if (_models.Count == MostModels)
                _models.RemoveAt(0);
            _models.Add((path, hash, model));
            return model;
        }
    }

    public static byte[] Hash(byte[] model) => SHA256.HashData(model);

    public static byte[] Read(string path) => File.Exists(path)
        ? File.ReadAllBytes(path)
        : throw new FileNotFoundException($"There is no model '{path}' on {Environment.MachineName}, or it cannot be read: all silos and the caller take it from the same path.", path);
}
