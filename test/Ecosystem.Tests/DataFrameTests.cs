using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>A data frame is scored, and the scored rows become one.</summary>
public class DataFrameTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    private static DataFrame FrameOf(Machine[] machines) => new(
        new SingleDataFrameColumn(nameof(Machine.Load), machines.Select(machine => machine.Load)),
        new SingleDataFrameColumn(nameof(Machine.Temperature), machines.Select(machine => machine.Temperature)),
        new SingleDataFrameColumn(nameof(Machine.Humidity), machines.Select(machine => machine.Humidity)),
        new SingleDataFrameColumn(nameof(Machine.Vibration), machines.Select(machine => machine.Vibration)),
        new StringDataFrameColumn(nameof(Machine.Site), machines.Select(machine => machine.Site)));

    [Fact]
    public void InAndOut()
    {
        Machine[] machines = Machine.Draw(200, seed: 2, faultyEvery: 5);
        ITransformer fromFrame = Pipelines.OfReadings(_mlContext).Fit(FrameOf(Machine.Draw(400, seed: 1)));
        ITransformer fromObjects = Pipelines.FitReadings(_mlContext);
        float[] expected = Pipelines.Scores(fromObjects.Transform(_mlContext.Data.LoadFromEnumerable(machines)));

        DataFrame scored = fromFrame.Transform(FrameOf(machines)).ToDataFrame(maxRows: -1, nameof(Machine.Site), "PredictedLabel", "Score");
        Assert.Equal(machines.Length, scored.Rows.Count);
        Assert.Equal(expected, scored["Score"].Cast<float>());
        Assert.Equal(machines.Select(machine => machine.Site), scored[nameof(Machine.Site)].Cast<string>());
        Assert.Equal(fromObjects.Transform(_mlContext.Data.LoadFromEnumerable(machines)).GetColumn<bool>("PredictedLabel"), scored["PredictedLabel"].Cast<bool>());
    }
}
