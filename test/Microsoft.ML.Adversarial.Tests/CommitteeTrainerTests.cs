using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Several detectors as one estimator, one transformer, one model file.</summary>
public class CommitteeTrainerTests
{
    private static readonly MLContext _mlContext = new(1);
    private static readonly TableView _table = Simulated.Table(Simulated.Rows(120));

    [Fact]
    public void MethodsAreNamedAndTheModelKeepsThemAll()
    {
        AnomalyDetectorTransformer model = _mlContext.AnomalyDetection.Trainers.Committee(seed: 1, methods: ["kNN", "LOF"]).Fit(_table);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, _table.Schema, stream);
        var loaded = Assert.IsType<AnomalyDetectorTransformer>(new MLContext().Model.Load(stream, out _));
        Assert.Equal(Simulated.Scores(model.Transform(_table)), Simulated.Scores(loaded.Transform(_table)));
        Assert.Equal(["kNN", "LOF"], Assert.IsType<CommitteeDetector>(loaded.Model).Members.Select(member => member.Descriptor.Name));
    }

    [Fact]
    public void WithoutNamesItHasTheDefaultMembers()
    {
        AnomalyDetectorTransformer model = _mlContext.AnomalyDetection.Trainers.Committee(seed: 1).Fit(_table);
        Assert.Equal(CommitteeDetector.DefaultMembers.Count, ((CommitteeDetector)model.Model).Members.Count);
    }

    [Fact]
    public void AnUnknownMethodIsRefusedWithTheKnownOnes() => Assert.Contains("'kMM'; there are: DA3D",
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.AnomalyDetection.Trainers.Committee(methods: ["kNN", "kMM"])).Message);

    [Fact]
    public void AnArnAmongTheMembersIsToldTheOneHotGroups()
    {
        float[][] rows = [.. Simulated.Rows(60).Select((row, r) => (float[])[row[0], r % 2, 1 - r % 2])];
        var names = new TableView(rows.Length,
            TableColumn.Of("A", NumberDataViewType.Single, [.. rows.Select(row => row[0])]),
            TableColumn.Of("Kind", TextDataViewType.Instance, [.. rows.Select((_, r) => (r % 2 == 0 ? "x" : "y").AsMemory())]));
        var chain = _mlContext.Transforms.Categorical.OneHotEncoding("Kind").Append(_mlContext.Transforms.Concatenate("Features", "A", "Kind"))
            .Append(_mlContext.AnomalyDetection.Trainers.Committee(new CommitteeTrainer.Options
            {
                Seed = 1,
                Members = [new("kNN"), new(new ArnOptions { EnsembleSize = 1, MaximumNumberOfSteps = 10 })],
            }));
        var committee = (CommitteeDetector)chain.Fit(names).LastTransformer.Model;
        Assert.Equal([new ColumnRange(1, 2)], ((ArnOptions)committee.Members[1].Options).CategoricalGroups!);
    }
}
