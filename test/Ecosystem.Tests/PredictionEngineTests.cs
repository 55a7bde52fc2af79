using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>One model serves many prediction engines.</summary>
public class PredictionEngineTests
{
    private const int Threads = 8;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public async Task EnginesOfOneModelAgreeOnAllThreads()
    {
        Machine[] machines = Machine.Draw(200, seed: 2, faultyEvery: 5);
        ITransformer model = Pipelines.FitReadings(_mlContext);
        IDataView scored = model.Transform(_mlContext.Data.LoadFromEnumerable(machines));
        float[] scores = Pipelines.Scores(scored);
        bool[] labels = [.. scored.GetColumn<bool>("PredictedLabel")];
        Assert.Contains(true, labels);
        Assert.Contains(false, labels);

        using var start = new Barrier(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(() =>
        {
            using PredictionEngine<Machine, Verdict> engine = _mlContext.Model.CreatePredictionEngine<Machine, Verdict>(model);
            start.SignalAndWait();
            // Each thread walks the rows in another order.
            for (int i = 0; i < 5 * machines.Length; i++)
            {
                int row = (i * (2 * thread + 1) + thread) % machines.Length;
                Verdict verdict = engine.Predict(machines[row]);
                Assert.Equal((scores[row], labels[row]), (verdict.Score, verdict.PredictedLabel));
            }
        }, TaskCreationOptions.LongRunning)));
    }

    [Fact]
    public void ADisposedEngineLeavesTheModelToTheOthers()
    {
        Machine machine = Machine.Draw(1, seed: 2)[0];
        ITransformer model = Pipelines.FitReadings(_mlContext);
        using PredictionEngine<Machine, Verdict> kept = _mlContext.Model.CreatePredictionEngine<Machine, Verdict>(model);
        float before = kept.Predict(machine).Score;
        _mlContext.Model.CreatePredictionEngine<Machine, Verdict>(model).Dispose();
        Assert.Equal(before, kept.Predict(machine).Score);
        Assert.Equal(before, Pipelines.Scores(model.Transform(_mlContext.Data.LoadFromEnumerable([machine]))).Single());
    }
}
