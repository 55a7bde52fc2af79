using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Which features ARN takes for one-hot groups in a pipeline.</summary>
public class SlotGroupTests
{
    private const int RowCount = 60;

    private static readonly MLContext _mlContext = new(1);

    private static TableColumn Words(string name, params string[] words) =>
        TableColumn.Of(name, TextDataViewType.Instance, [.. Enumerable.Range(0, RowCount).Select(r => words[r % words.Length].AsMemory())]);

    private static TableColumn Numbers(string name, Func<int, float> value) =>
        TableColumn.Of(name, NumberDataViewType.Single, [.. Enumerable.Range(0, RowCount).Select(value)]);

    private static readonly TableView _data = new(RowCount,
        Words("Protocol", "tcp", "udp", "icmp"), Words("Service", "http", "dns"), Words("Only", "one"), Numbers("X", r => r / 60f), Numbers("Bit", r => r % 2));

    private static ColumnRange[] Groups(IEstimator<ITransformer> features, IDataView? data = null, Action<ArnTrainer.Options>? change = null) =>
        FittedOptions(features, data, change).CategoricalGroups ?? throw new InvalidOperationException("Nobody looked for groups.");

    private static ArnOptions FittedOptions(IEstimator<ITransformer> features, IDataView? data = null, Action<ArnTrainer.Options>? change = null)
    {
        ArnTrainer.Options options = Traffic.ArnOptions();
        options.LabelColumnName = null;
        options.MaximumNumberOfSteps = 1;
        change?.Invoke(options);
        AnomalyDetectorTransformer detector = features.Append(_mlContext.AnomalyDetection.Trainers.Arn(options)).Fit(data ?? _data).LastTransformer;
        return (ArnOptions)detector.Model.Options;
    }

    private static IEstimator<ITransformer> OneHot(params string[] columns) => _mlContext.Transforms.Categorical
        .OneHotEncoding([.. ((string[])["Protocol", "Service", "Only"]).Select(name => new InputOutputColumnPair(name))])
        .Append(_mlContext.Transforms.Concatenate("Features", columns));

    [Fact]
    public void NamesTellBehindANormaliser() => Assert.Equal(
        [new ColumnRange(1, 3), new ColumnRange(4, 2)],
        Groups(OneHot("X", "Protocol", "Service", "Bit").Append(_mlContext.Transforms.NormalizeMinMax("Features"))));

    [Fact]
    public void RangesTellWithoutOne() => Assert.Equal(
        [new ColumnRange(0, 2), new ColumnRange(3, 3)], Groups(OneHot("Service", "X", "Protocol", "Bit")));

    [Fact]
    public void RangesTellGroupsApartThatNamesDoNot()
    {
        IEstimator<ITransformer> twice = _mlContext.Transforms.Concatenate("Words", "Protocol", "Protocol")
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Words"))
            .Append(_mlContext.Transforms.Concatenate("Features", "Words", "X"));
        Assert.Equal([new ColumnRange(0, 3), new ColumnRange(3, 3)], Groups(twice));
        Assert.Equal([], Groups(twice.Append(_mlContext.Transforms.NormalizeMinMax("Features"))));
    }

    [Fact]
    public void OneSlotIsNoGroup() => Assert.Equal(
        [new ColumnRange(1, 2)], Groups(OneHot("Only", "Service").Append(_mlContext.Transforms.NormalizeMinMax("Features"))));

    private static TableView Vectors(Func<int, float[]> row, params string[] slots)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, slots.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(slots.Length, [.. slots.Select(slot => slot.AsMemory())]));
        return new TableView(RowCount, TableColumn.Computed("Rows", TableColumn.VectorOf(slots.Length), builder.ToAnnotations(),
            (long r, ref VBuffer<float> value) => value = new VBuffer<float>(slots.Length, row((int)r))));
    }

    private static ColumnRange[] GroupsOf(Func<int, float[]> row, params string[] slots) =>
        Groups(_mlContext.Transforms.CopyColumns("Features", "Rows"), Vectors(row, slots));

    [Fact]
    public void ColumnsThatOnlyLookLikeGroupsAreNone()
    {
        Assert.Equal([], GroupsOf(r => [r / 60f, 1 - r / 60f], "Rate.min", "Rate.max"));
        Assert.Equal([], GroupsOf(r => [r % 2, 1], "Flag.syn", "Flag.ack"));
        Assert.Equal([], GroupsOf(r => [r % 2, 1 - r % 2], "A.x", "B.x"));
        Assert.Equal([], GroupsOf(r => [r % 2, 1 - r % 2], "x", "y"));
        Assert.Equal([], GroupsOf(r => [r % 2, 1 - r % 2], ".x", ".y"));
    }

    [Fact]
    public void AGroupMayHaveRowsWithoutACategory() =>
        Assert.Equal([new ColumnRange(0, 2)], GroupsOf(r => r % 3 == 0 ? [0, 0] : [r % 2, 1 - r % 2], "Kind.x", "Kind.y"));

    [Fact]
    public void WhatTheOptionsSayGoesFirst()
    {
        Assert.Equal([new ColumnRange(2, 2)], Groups(OneHot("X", "Protocol"), change: options => options.CategoricalGroups = [new ColumnRange(2, 2)]));
        Assert.Equal([], Groups(OneHot("X", "Protocol"), change: options => options.CategoricalGroups = []));
        Assert.Null(FittedOptions(OneHot("X", "Protocol"), change: options => options.Variant = ArnVariant.Plain).CategoricalGroups);
    }

    [Fact]
    public void TheEstimatorsOptionsDoNotKeepWhatAFitFound()
    {
        ArnTrainer.Options options = Traffic.ArnOptions();
        options.LabelColumnName = null;
        options.MaximumNumberOfSteps = 1;
        ArnTrainer trainer = _mlContext.AnomalyDetection.Trainers.Arn(options);
        OneHot("X", "Protocol").Append(trainer).Fit(_data);
        Assert.Null(options.CategoricalGroups);
        AnomalyDetectorTransformer other = OneHot("Protocol", "X").Append(trainer).Fit(_data).LastTransformer;
        Assert.Equal(new ColumnRange(0, 3), Assert.Single(((ArnOptions)other.Model.Options).CategoricalGroups!));
    }
}
