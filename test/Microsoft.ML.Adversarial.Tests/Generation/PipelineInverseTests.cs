using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>Which transformers are undone, and what is left where one cannot be.</summary>
public class PipelineInverseTests
{
    private const int RowCount = 60;
    private const int Count = 40;

    private static readonly MLContext _mlContext = new(1);

    private static readonly TableView _data = new(RowCount,
        TableColumn.Of("Word", TextDataViewType.Instance, [.. Range(r => ((string[])["b", "a", "c.d"])[r % 3].AsMemory())]),
        TableColumn.Of("Port", NumberDataViewType.Int32, [.. Range(r => r % 2 == 0 ? 80 : 443)]),
        TableColumn.Of("Flag", BooleanDataViewType.Instance, [.. Range(r => r % 4 == 0)]),
        TableColumn.Of("X", NumberDataViewType.Single, [.. Range(r => 10f + r)]),
        TableColumn.Of("Y", NumberDataViewType.Single, [.. Range(r => -200f - 3 * r)]),
        TableColumn.Of("Precise", NumberDataViewType.Double, [.. Range(r => 0.25 * r)]),
        TableColumn.Of("Constant", NumberDataViewType.Single, [.. Range(_ => 7f)]),
        Named("Pair", "left", "right"),
        TableColumn.Of("Rate", NumberDataViewType.Single, [.. Range(r => r / 60f)]));

    private static IEnumerable<T> Range<T>(Func<int, T> value) => Enumerable.Range(0, RowCount).Select(value);

    private static TableColumn Named(string name, params string[] slots)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, slots.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(slots.Length, [.. slots.Select(slot => slot.AsMemory())]));
        return TableColumn.Computed(name, TableColumn.VectorOf(2), builder.ToAnnotations(),
            (long row, ref VBuffer<float> value) => value = new VBuffer<float>(2, [row, 2f * row + 1000]));
    }

    private static Da3dTrainer Trainer() => _mlContext.AnomalyDetection.Trainers.Da3d(Simulated.FastOptions());

    private static IDataView Generate(IEstimator<ITransformer> features) => features.Append(Trainer()).Fit(_data).GenerateAnomalies(_data.Schema, Count, seed: 5);

    private static string[] Names(IDataView view) => [.. view.Schema.Select(column => column.Name)];

    private static T[] Column<T>(IDataView view, string name) => [.. view.GetColumn<T>(name)];

    [Fact]
    public void ColumnsComeInTheInputsOrderWhateverTheFeatures()
    {
        IDataView generated = Generate(_mlContext.Transforms.Concatenate("Features", "Y", "Pair", "X"));
        Assert.Equal(["X", "Y", "Pair"], Names(generated));
        Assert.All(Column<float>(generated, "X"), value => Assert.InRange(value, 10, 69));
        Assert.All(Column<float>(generated, "Y"), value => Assert.InRange(value, -377, -200));
        Assert.All(Column<float[]>(generated, "Pair"), pair =>
        {
            Assert.InRange(pair[0], 0, 59);
            Assert.InRange(pair[1], 1000, 1118);
        });
        VBuffer<ReadOnlyMemory<char>> names = default;
        generated.Schema["Pair"].GetSlotNames(ref names);
        Assert.Equal(["left", "right"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void ALoneVectorAndNoTransformerAtAll()
    {
        Assert.Equal(["Pair"], Names(Generate(_mlContext.Transforms.Concatenate("Features", "Pair"))));
        Da3dTrainer.Options options = Simulated.FastOptions();
        options.FeatureColumnName = "Pair";
        AnomalyDetectorTransformer model = _mlContext.AnomalyDetection.Trainers.Da3d(options).Fit(_data);
        IDataView generated = model.GenerateAnomalies(_data.Schema, Count, seed: 5);
        Assert.Equal(["Pair"], Names(generated));
        Assert.True(generated.Schema["Pair"].HasSlotNames());
        Assert.Equal(Column<float[]>(model.GenerateAnomalies(Count, 5), "Pair"), Column<float[]>(generated, "Pair"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SeveralNormalisersOfColumnsAreUndone(bool fixZero)
    {
        IDataView generated = Generate(_mlContext.Transforms.NormalizeMinMax(
                [new InputOutputColumnPair("Y"), new InputOutputColumnPair("ScaledX", "X"), new InputOutputColumnPair("Pair")], fixZero: fixZero)
            .Append(_mlContext.Transforms.Concatenate("Features", "Y", "ScaledX", "Pair"))
            .Append(_mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: fixZero)));
        Assert.Equal(["X", "Y", "Pair"], Names(generated));
        Assert.All(Column<float>(generated, "X"), value => Assert.InRange(value, 10, 69));
        Assert.All(Column<float>(generated, "Y"), value => Assert.InRange(value, -377, -200));
        Assert.All(Column<float[]>(generated, "Pair"), pair => Assert.InRange(pair[1], 1000, 1118));
        Assert.True(Column<float>(generated, "X").Distinct().Count() > Count / 2);
    }

    [Fact]
    public void AConstantComesBackUnlessANormaliserForgotIt()
    {
        IDataView plain = Generate(_mlContext.Transforms.Concatenate("Features", "X", "Constant"));
        Assert.All(Column<float>(plain, "Constant"), value => Assert.Equal(7, value));
        IDataView normalised = Generate(_mlContext.Transforms.Concatenate("Features", "X", "Constant").Append(_mlContext.Transforms.NormalizeMinMax("Features")));
        Assert.All(Column<float>(normalised, "Constant"), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(OneHotEncodingEstimator.OutputKind.Indicator)]
    [InlineData(OneHotEncodingEstimator.OutputKind.Bag)]
    public void OneHotGroupsOfAnyTypeAreUndone(OneHotEncodingEstimator.OutputKind kind)
    {
        IDataView generated = Generate(_mlContext.Transforms.Categorical.OneHotEncoding(
                [new InputOutputColumnPair("Word"), new InputOutputColumnPair("PortSlots", "Port"), new InputOutputColumnPair("Flag"), new InputOutputColumnPair("Rate")], kind)
            .Append(_mlContext.Transforms.Concatenate("Features", "Word", "PortSlots", "Flag", "Rate"))
            .Append(_mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: false)));
        Assert.Equal(["Word", "Port", "Flag", "Rate"], Names(generated));
        Assert.All(Column<string>(generated, "Word"), word => Assert.Contains(word, (string[])["b", "a", "c.d"]));
        Assert.All(Column<int>(generated, "Port"), port => Assert.Contains(port, (int[])[80, 443]));
        Assert.Equal(Count, Column<bool>(generated, "Flag").Length);
        float[] known = Column<float>(_data, "Rate");
        Assert.All(Column<float>(generated, "Rate"), rate => Assert.Contains(rate, known));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KeysAndIndicatorsInTwoStepsAreUndone(bool asText)
    {
        IDataView generated = Generate(_mlContext.Transforms.Conversion.MapValueToKey("PortKey", "Port", addKeyValueAnnotationsAsText: asText)
            .Append(_mlContext.Transforms.Conversion.MapKeyToVector("PortSlots", "PortKey"))
            .Append(_mlContext.Transforms.Concatenate("Features", "PortSlots", "X")));
        Assert.Equal(["Port", "X"], Names(generated));
        Assert.All(Column<int>(generated, "Port"), port => Assert.Contains(port, (int[])[80, 443]));
    }

    [Fact]
    public void ConversionsCopiesAndReplacementsAreUndone()
    {
        IDataView generated = Generate(_mlContext.Transforms.Conversion.ConvertType(
                [new InputOutputColumnPair("PortNumber", "Port"), new InputOutputColumnPair("Precise"), new InputOutputColumnPair("Flag")])
            .Append(_mlContext.Transforms.CopyColumns("Copy", "X"))
            .Append(_mlContext.Transforms.ReplaceMissingValues("Y"))
            .Append(_mlContext.Transforms.DropColumns("X"))
            .Append(_mlContext.Transforms.Concatenate("Features", "PortNumber", "Precise", "Flag", "Copy", "Y")));
        Assert.Equal(["Port", "Flag", "X", "Y", "Precise"], Names(generated));
        Assert.All(Column<int>(generated, "Port"), port => Assert.InRange(port, 80, 443));
        Assert.All(Column<double>(generated, "Precise"), value => Assert.InRange(value, 0, 14.75));
        Assert.Equal(Count, Column<bool>(generated, "Flag").Length);
        Assert.All(Column<float>(generated, "X"), value => Assert.InRange(value, 10, 69));
    }

    [Fact]
    public void WhatCannotBeUndoneStaysUnderItsName()
    {
        IDataView generated = Generate(_mlContext.Transforms.NormalizeMeanVariance("Rate", useCdf: true)
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Bits", "Word", OneHotEncodingEstimator.OutputKind.Binary))
            .Append(_mlContext.Transforms.Concatenate("Features", "Bits", "Rate", "X")));
        Assert.Equal(["X", "Bits", "Rate"], Names(generated));
        Assert.Equal(3, generated.Schema["Bits"].Type is VectorDataViewType bits ? bits.Size : 0);
        Assert.All(Column<float>(generated, "Rate"), value => Assert.InRange(value, 0, 1));
        Assert.True(generated.Schema["Bits"].HasSlotNames());
    }

    [Fact]
    public void AVectorOfCategoriesStaysAsItIs()
    {
        IDataView generated = Generate(_mlContext.Transforms.Concatenate("Words", "Word", "Word")
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Words"))
            .Append(_mlContext.Transforms.Concatenate("Features", "Words", "X")));
        Assert.Equal(["X", "Words"], Names(generated));
    }

    [Fact]
    public void ChainsInChainsAndTransformersBehindTheDetectorDoNotMatter()
    {
        ITransformer inner = _mlContext.Transforms.Concatenate("Joined", "X", "Y").Append(_mlContext.Transforms.NormalizeMinMax("Joined")).Fit(_data);
        IDataView joined = inner.Transform(_data);
        ITransformer outer = _mlContext.Transforms.CopyColumns("Features", "Joined").Append(Trainer())
            .Append(_mlContext.Transforms.CopyColumns("AnomalyScore", "Score")).Fit(joined);
        IDataView generated = new TransformerChain<ITransformer>(inner, outer).GenerateAnomalies(_data.Schema, Count, seed: 5);
        Assert.Equal(["X", "Y"], Names(generated));
        Assert.All(Column<float>(generated, "Y"), value => Assert.InRange(value, -377, -200));
    }
}
