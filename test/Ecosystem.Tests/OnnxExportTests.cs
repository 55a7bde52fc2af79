using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;

namespace Ecosystem.Tests;

/// <summary>ML.NET's converter says that a detector cannot be exported; it never writes a model without it.</summary>
public class OnnxExportTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TransformerChain<AnomalyDetectorTransformer> _model;
    private readonly IDataView _machines;

    public OnnxExportTests()
    {
        _model = Pipelines.FitReadings(_mlContext);
        IDataView all = _mlContext.Data.LoadFromEnumerable(Machine.Draw(50, seed: 2));
        _machines = _mlContext.Transforms.SelectColumns(Pipelines.Readings).Fit(all).Transform(all);
    }

    private void AssertRefused(ITransformer model, IDataView input)
    {
        using var stream = new MemoryStream();
        string message = Assert.Throws<NotSupportedException>(() => _mlContext.Model.ConvertToOnnx(model, input, stream)).Message;
        Assert.StartsWith("ALAD on column 'Features' cannot be exported to ONNX.", message);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void AChainThatEndsInADetectorIsRefused() => AssertRefused(_model, _machines);

    [Fact]
    public void ADetectorAloneIsRefused() => AssertRefused(_model.LastTransformer, _model.First().Transform(_machines));

    [Fact]
    public void ADetectorInTheMiddleIsRefused() =>
        AssertRefused(_model.Append(_mlContext.Transforms.CopyColumns("Alarm", "Score").Fit(_model.Transform(_machines))), _machines);

    // The converter looks columns up by name: an earlier model's would stand in for this one's.
    [Fact]
    public void ADetectorWhoseColumnsTheInputHasIsRefused() => AssertRefused(_model, _model.Transform(_machines));

    [Fact]
    public void ALoadedModelIsRefused()
    {
        using var stream = new MemoryStream();
        _mlContext.Model.Save(_model, _machines.Schema, stream);
        AssertRefused(_mlContext.Model.Load(stream, out _), _machines);
    }

    [Fact]
    public void OutputsThatDoNotNeedTheDetectorAreRefusedToo()
    {
        using var stream = new MemoryStream();
        Assert.Throws<NotSupportedException>(() => _mlContext.Model.ConvertToOnnx(_model, _machines, stream, "Features"));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void WhatStandsBeforeTheDetectorIsExported()
    {
        using var stream = new MemoryStream();
        _mlContext.Model.ConvertToOnnx(new TransformerChain<ITransformer>([.. _model.SkipLast(1)]), _machines, stream);
        string text = System.Text.Encoding.Latin1.GetString(stream.ToArray());
        Assert.All((string[])[.. Pipelines.Readings, "Features"], column => Assert.Contains(column, text));
        Assert.DoesNotContain("Score", text);
    }
}
