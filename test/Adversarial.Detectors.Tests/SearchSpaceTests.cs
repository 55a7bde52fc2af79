using System.Globalization;

namespace Adversarial.Detectors.Tests;

/// <summary>What a sweep searches of each method, and options by their names.</summary>
public class SearchSpaceTests
{
    public static TheoryData<string> Methods => [.. DetectorRegistry.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void EveryRangeHoldsTheDefault(string name)
    {
        DetectorDescriptor method = DetectorRegistry.Get(name);
        Assert.NotEmpty(method.SearchSpace);
        Assert.Equal(method.SearchSpace.Count, method.SearchSpace.Select(dimension => dimension.Option).Distinct().Count());
        Assert.All(method.SearchSpace, dimension =>
        {
            Assert.Equal(method.GetOption(method.CreateOptions(), dimension.Option), dimension.Default);
            Assert.True(dimension.Default is null || dimension.Contains(dimension.Default), $"{dimension} does not hold {dimension.Default}.");
        });
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void BothEndsAndAllChoicesAreValid(string name)
    {
        DetectorDescriptor method = DetectorRegistry.Get(name);
        foreach (SearchDimension dimension in method.SearchSpace)
        {
            foreach (string value in dimension.Choices.Count > 0 ? dimension.Choices : [Text(dimension.Minimum), Text(dimension.Maximum)])
            {
                DetectorOptions options = method.CreateOptions();
                method.SetOption(options, dimension.Option, value);
                options.Validate();
                Assert.Equal(Single(value), Single(method.GetOption(options, dimension.Option)!));
            }
        }
    }

    [Fact]
    public void DrawsStayInTheRangeAndReachItsEnds()
    {
        var random = new Random(1);
        SearchDimension whole = SearchDimension.Range("A", 1, 4, isInteger: true), factors = SearchDimension.Range("B", 1e-4, 1, isLogarithmic: true);
        int[] wholes = [.. Enumerable.Range(0, 4000).Select(_ => int.Parse(whole.Draw(random), CultureInfo.InvariantCulture))];
        for (int value = 1; value <= 4; value++)
            Assert.InRange(wholes.Count(drawn => drawn == value), 850, 1150);
        double[] numbers = [.. Enumerable.Range(0, 4000).Select(_ => double.Parse(factors.Draw(random), CultureInfo.InvariantCulture))];
        Assert.All(numbers, number => Assert.InRange(number, 1e-4, 1));
        Assert.InRange(numbers.Count(number => number < 1e-2), 1800, 2200);
        SearchDimension choice = SearchDimension.Choice("C", "x", "y");
        Assert.Equal(["x", "y"], Enumerable.Range(0, 100).Select(_ => choice.Draw(random)).Distinct().Order());
    }

    [Fact]
    public void RangesThatAreNoneAreRefused()
    {
        Assert.Throws<ArgumentException>(() => SearchDimension.Range("A", 2, 1));
        Assert.Throws<ArgumentException>(() => SearchDimension.Range("A", 0, 1, isLogarithmic: true));
        Assert.Throws<ArgumentException>(() => SearchDimension.Range("A", double.NaN, 1));
        Assert.Throws<ArgumentException>(() => SearchDimension.Choice("A"));
    }

    [Theory]
    [InlineData("sigma", "1.5", "1.5")]
    [InlineData("LatentDimension", "7", "7")]
    [InlineData("LatentDimension", "null", null)]
    [InlineData("AlarmLayerSizes", "20, 10", "20,10")]
    [InlineData("AnomalyGenerator", "simple", "Simple")]
    [InlineData("ReadResidual", "False", "false")]
    [InlineData("ImageShape", "28x28x1", "28 x 28 x 1")]
    [InlineData("ImageShape", "28x20", "28 x 20 x 1")]
    [InlineData("Contamination", "1e-2", "0.01")]
    public void OptionsAreSetByName(string option, string text, string? kept)
    {
        DetectorDescriptor method = DetectorRegistry.Get("DA3D");
        DetectorOptions options = method.CreateOptions();
        method.SetOption(options, option, text);
        Assert.Equal(kept, method.GetOption(options, option));
    }

    [Fact]
    public void ACommitteesMembersAreSetByTheirNames()
    {
        DetectorDescriptor method = DetectorRegistry.Get("Committee");
        DetectorOptions options = method.CreateOptions();
        method.SetOption(options, "Members", "knn, Autoencoder");
        Assert.Equal("kNN,Autoencoder", method.GetOption(options, "Members"));
        Assert.StartsWith("There is no method 'x'", Assert.Throws<ArgumentException>(() => method.SetOption(options, "Members", "x")).Message, StringComparison.Ordinal);
        Assert.StartsWith("names of methods", method.DescribeOption("Members"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sigma", "wide", "Option Sigma takes a number; 'wide' is not that.")]
    [InlineData("Sigma", "null", "Option Sigma takes a number; 'null' is not that.")]
    [InlineData("LatentDimension", "1.5", "Option LatentDimension takes a whole number; null leaves it to the method; '1.5' is not that.")]
    [InlineData("AnomalyGenerator", "2", "Option AnomalyGenerator takes Advanced, Simple, Trivial; '2' is not that.")]
    [InlineData("Progress", "x", "DA3D has no option 'Progress'; it has ")]
    [InlineData("CheckpointPath", "x", "DA3D has no option 'CheckpointPath'; it has ")]
    public void WhatIsNoValueIsRefused(string option, string text, string message)
    {
        DetectorDescriptor method = DetectorRegistry.Get("DA3D");
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => method.SetOption(method.CreateOptions(), option, text)).Message, StringComparison.Ordinal);
    }

    // Options may hold single numbers.
    private static object Single(string value) => double.TryParse(value, CultureInfo.InvariantCulture, out double number) ? (float)number : value;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
