using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace MLNet.Embedded.Tests.Transforms;

public class ModelFilesTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void A_chain_nests_its_parts()
    {
        IEstimator<ITransformer> pipeline = _context.Transforms.Categorical.OneHotEncoding("O", "Protocol")
            .Append(_context.Transforms.NormalizeMinMax("O"))
            .Append(_context.AnomalyDetection.Trainers.RandomizedPca("O", rank: 2, seed: 1));
        string[] entries = Entries(pipeline);
        Assert.Contains("TransformerChain/Model.key", entries);
        Assert.Contains("TransformerChain/Transform_000/Model.key", entries);
        Assert.Contains("TransformerChain/Transform_000/Transform_000/Model.key", entries);
        Assert.Contains(entries,
            entry => entry.StartsWith("TransformerChain/Transform_000/Transform_000/Vocabulary/", StringComparison.Ordinal));
        Assert.Contains("TransformerChain/Transform_000/Transform_001/Model.key", entries);
        Assert.Contains("TransformerChain/Transform_002/Model/Model.key", entries);
        Assert.Contains("TransformerChain/Transform_002/TrainSchema", entries);
    }

    [Fact]
    public void A_single_transformer_loads_as_its_own_type()
    {
        Assert.IsType<NormalizingTransformer>(RoundTrip(_context.Transforms.NormalizeMinMax("Flags")));
        Assert.IsType<ColumnConcatenatingTransformer>(RoundTrip(_context.Transforms.Concatenate("X", "Duration")));
        Assert.IsType<ColumnCopyingTransformer>(RoundTrip(_context.Transforms.CopyColumns("X", "Duration")));
    }

    [Fact]
    public void One_hot_encoding_loads_as_a_chain()
    {
        ITransformer loaded = RoundTrip(_context.Transforms.Categorical.OneHotEncoding("O", "Protocol"));
        var chain = Assert.IsType<TransformerChain<ITransformer>>(loaded);
        Assert.Collection(chain, first => Assert.IsType<ValueToKeyMappingTransformer>(first),
            second => Assert.IsType<KeyToVectorMappingTransformer>(second));
    }

    [Fact]
    public void A_loaded_detector_is_known_only_to_score()
    {
        ITransformer loaded = RoundTrip(_context.AnomalyDetection.Trainers.RandomizedPca("Flags", rank: 2, seed: 1));
        Assert.IsNotType<AnomalyPredictionTransformer<PcaModelParameters>>(loaded);
        Assert.IsType<AnomalyPredictionTransformer<IPredictorProducing<float>>>(loaded);
        var single = Assert.IsAssignableFrom<ISingleFeaturePredictionTransformer<object>>(loaded);
        Assert.IsType<PcaModelParameters>(single.Model);
        Assert.Equal("Flags", single.FeatureColumnName);
        Assert.Equal("Vector<Single, 3>", single.FeatureColumnType.ToString());
    }

    private ITransformer RoundTrip(IEstimator<ITransformer> estimator)
    {
        IDataView data = Flow.Load(_context);
        return SavedModel.RoundTrip(estimator.Fit(data), data.Schema);
    }

    private string[] Entries(IEstimator<ITransformer> estimator)
    {
        IDataView data = Flow.Load(_context);
        using var stream = new MemoryStream();
        _context.Model.Save(estimator.Fit(data), data.Schema, stream);
        stream.Position = 0;
        using var archive = new ZipArchive(stream);
        return archive.Entries.Select(entry => entry.FullName).ToArray();
    }
}
