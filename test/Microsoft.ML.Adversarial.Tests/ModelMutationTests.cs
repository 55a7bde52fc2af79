using Adversarial.Mutations;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>
/// Archives of models of which the transformer's entry was changed, behind the frame's checksum and around the frame: each is refused with a
/// <see cref="FormatException"/>, or gives a model that scores.
/// </summary>
public class ModelMutationTests
{
    private const int Name = 30;

    private static readonly float[][] _rows = Simulated.Rows(8);
    private static readonly MLContext _mlContext = new(1);
    private static readonly byte[] _file = Save();

    private static byte[] Save()
    {
        TableView data = Simulated.Table(Simulated.Rows(40));
        return ModelArchive.Save(Simulated.Fit(data), data.Schema);
    }

    [Fact]
    public void WhatChangesBehindTheChecksumIsRefusedOrSound()
    {
        int count = MutationRun.Count * 3 / 4;
        IReadOnlyList<string> faults = MutationRun.Faults(count, random => Use(ModelArchive.WithContent(_file, content => Mutation.Of(content, Name, random))),
            failure => failure is FormatException, out int refused);
        Assert.True(faults.Count == 0, string.Join("; ", faults));
        Assert.InRange(refused, count / 2, count - count / 50);
    }

    // ML.NET's own head of the entry is among it.
    [Fact]
    public void WhatChangesInTheEntryIsRefusedOrSound()
    {
        int count = MutationRun.Count / 4;
        IReadOnlyList<string> faults = MutationRun.Faults(count, random => Use(ModelArchive.WithEntry(_file, entry => Mutation.Of(entry, 300, random))),
            failure => failure is FormatException, out int refused);
        Assert.True(faults.Count == 0, string.Join("; ", faults));
        Assert.InRange(refused, count / 2, count - count / 100);
    }

    private static string? Use(byte[] file)
    {
        var model = (AnomalyDetectorTransformer)_mlContext.Model.LoadDetector(new MemoryStream(file), out _);
        var data = new TableView(_rows.Length, TableColumn.Vectors(model.FeatureColumnName, _rows));
        IDataView scored = model.Transform(data);
        if (!Simulated.Scores(scored).All(float.IsFinite))
            return "a score that is not finite";
        return Simulated.Labels(scored).Length == _rows.Length ? null : "another number of labels";
    }
}
