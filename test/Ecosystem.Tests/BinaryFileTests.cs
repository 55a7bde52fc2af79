using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>Scored rows go through ML.NET's binary files, and rows from such a file are scored.</summary>
public class BinaryFileTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void SavedScoresAreReadBackToTheBit()
    {
        IDataView scored = Pipelines.FitReadings(_mlContext).Transform(_mlContext.Data.LoadFromEnumerable(Machine.Draw(300, seed: 2, faultyEvery: 5)));
        IDataView read = Copy(scored);
        Assert.Equal(Pipelines.Scores(scored), Pipelines.Scores(read));
        Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), read.GetColumn<bool>("PredictedLabel"));
        Assert.Equal(scored.GetColumn<float[]>("Features"), read.GetColumn<float[]>("Features"));

        // Evaluators find the score by its annotations, which the file keeps.
        Assert.Equal(Pipelines.RocAuc(scored), _mlContext.BinaryClassification.EvaluateNonCalibrated(read).AreaUnderRocCurve, 1e-9);
    }

    [Fact]
    public void RowsOfABinaryFileTrainTheSameModel()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Machine.Draw(400, seed: 1));
        Assert.Equal(
            Pipelines.Scores(Pipelines.FitReadings(_mlContext).Transform(rows)),
            Pipelines.Scores(Pipelines.OfReadings(_mlContext).Fit(Copy(rows)).Transform(Copy(rows))));
    }

    private IDataView Copy(IDataView rows)
    {
        using var stream = new MemoryStream();
        _mlContext.Data.SaveAsBinary(rows, stream, keepHidden: true);
        return _mlContext.Data.LoadFromBinary(new BytesSource(stream.ToArray()));
    }

    private sealed class BytesSource(byte[] bytes) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => null!;

        public Stream Open(int index) => new MemoryStream(bytes);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }
}
