using System.Text.Json.Nodes;
using Microsoft.ML;

namespace Cli.Tests;

public class OtherVerbTests(Workplace workplace)
{
    [Fact]
    public void EvaluateMeasuresWithTheLabelsOfTheModel()
    {
        ToolRun run = Tool.Run(workplace.Folder, "evaluate", "-m", Workplace.LabelledModel, "-d", Workplace.Labelled, "--false-alarm-rates", "0.01", "0.1", "--json").Succeeded();
        Assert.Equal((200, 20), ((int)run.Json["rows"]!, (int)run.Json["truePositives"]! + (int)run.Json["falseNegatives"]!));
        Assert.Equal(1, (double)run.Json["rocAuc"]!, 0.01);
        JsonArray levels = run.Json["falseAlarms"]!.AsArray();
        Assert.Equal([0.01, 0.1], levels.Select(level => (double)level!["allowed"]!));
        Assert.True((double)levels[1]!["falseAlarmRate"]! <= 0.1);
        Assert.Contains("ROC-AUC", run.Errors);
    }

    [Fact]
    public void EvaluateTakesOtherLabels()
    {
        ToolRun run = Tool.Run(workplace.Folder, "evaluate", "-m", Workplace.Model, "-d", Workplace.Labelled, "--label-col", "label", "--json").Succeeded();
        Assert.Equal(1, (double)run.Json["rocAuc"]!, 0.01);
        Tool.Run(workplace.Folder, "evaluate", "-m", Workplace.Model, "-d", Workplace.Labelled).Refused("--label-col");
        Tool.Run(workplace.Folder, "evaluate", "-m", Workplace.Model, "-d", Workplace.Labelled, "--label-col", "state").Refused("--normal-label", "'ok' (180 rows)");
        Tool.Run(workplace.Folder, "evaluate", "-m", Workplace.Model, "-d", Workplace.Labelled, "--label-col", "stat").Refused("Did you mean 'state'?");
    }

    [Fact]
    public void CompareRanksAndSavesTheBest()
    {
        ToolRun run = Tool.Run(workplace.Folder, "compare", "-d", Workplace.Labelled, "--label-col", "label", "--ignore-cols", "state", "--methods", "knn,isolation forest", "-o", "best.zip", "--json").Succeeded();
        JsonArray detectors = run.Json["detectors"]!.AsArray();
        Assert.Equal(["Isolation forest", "kNN"], detectors.Select(detector => (string)detector!["name"]!).Order());
        Assert.Equal((string)run.Json["best"]!, (string)detectors[0]!["name"]!);
        Assert.True((double)detectors[0]!["rocAuc"]! >= (double)detectors[1]!["rocAuc"]!);
        ToolRun scored = Tool.Run(workplace.Folder, "score", "-m", "best.zip", "-d", Workplace.Labelled).Succeeded();
        Assert.Equal(201, scored.Lines.Length);
    }

    [Fact]
    public void CompareWithoutLabelsSaysWhatItGoesBy()
    {
        ToolRun run = Tool.Run(workplace.Folder, "compare", "-d", Workplace.Normal, "--methods", "knn", "lof", "--fits", "2").Succeeded();
        Assert.Contains("separation from counterexamples", run.Output);
        Assert.DoesNotContain("ROC-AUC", run.Output);
        Tool.Run(workplace.Folder, "compare", "-d", Workplace.Normal, "--methods", "AnoEAN").Refused("AnoEAN learns from known anomalies", "--label-col");
        Tool.Run(workplace.Folder, "compare", "-d", Workplace.Normal, "--methods", "knn", "--time-limit", "0").Refused("--time-limit");
    }

    [Fact]
    public void ExplainNamesThePlantedFeatures()
    {
        ToolRun run = Tool.Run(workplace.Folder, "explain", "-m", Workplace.Model, "-d", workplace.Write("a,b,c,kind\n0.5,0.52,5,red\n0.5,0.52,900,red\n0.5,70,5,red\n"), "--top", "2").Succeeded();
        Assert.Equal("Row,Score,PredictedLabel,Feature1,Value1,Contribution1,Feature2,Value2,Contribution2", run.Lines[0]);
        Assert.Equal(["2", "3"], run.Lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal([("c", "900"), ("b", "70")], run.Lines.Skip(1).Select(line => (line.Split(',')[3], line.Split(',')[4])));
        Tool.Run(workplace.Folder, "explain", "-m", Workplace.Model, "-d", Workplace.Normal, "--top", "0").Refused("--top");
    }

    [Fact]
    public void GenerateWritesRowsOfTheInput()
    {
        Tool.Run(workplace.Folder, "train", "-d", Workplace.Normal, "--method", "arn", "--option", "NumberOfEpochs=2", "--option", "EnsembleSize=1", "-o", "arn.zip").Succeeded();
        ToolRun run = Tool.Run(workplace.Folder, "generate", "-m", "arn.zip", "-n", "12", "--format", "jsonl").Succeeded();
        Assert.Equal(12, run.Lines.Length);
        Assert.All(run.Lines, line => Assert.Contains((string)JsonNode.Parse(line)!["kind"]!, (string[])["red", "blue, or \"so\""]));
        Assert.Equal(run.Output, Tool.Run(workplace.Folder, "generate", "-m", "arn.zip", "-n", "12", "--format", "jsonl").Succeeded().Output);
        Tool.Run(workplace.Folder, "generate", "-m", Workplace.Model).Refused("kNN does not generate rows", "--method ARN");
    }

    [Fact]
    public void InspectTellsModelsAndMethods()
    {
        JsonObject model = Tool.Run(workplace.Folder, "inspect", "-m", Workplace.LabelledModel, "--json").Succeeded().Json;
        Assert.Equal(("kNN", "state", "ok"), ((string)model["method"]!, (string)model["label"]!, (string)model["normalLabel"]!));
        Assert.Equal(["a", "b", "c", "kind"], model["features"]!.AsArray().Select(name => (string)name!));
        Assert.Contains("NumberOfNeighbors", Tool.Run(workplace.Folder, "inspect", "--method", "knn").Succeeded().Output);
        Assert.Contains("DA3D", Tool.Run(workplace.Folder, "inspect", "--methods").Succeeded().Output);
        Tool.Run(workplace.Folder, "inspect").Refused("--model FILE");
    }

    [Fact]
    public void HelpAndWrongVerbs()
    {
        string help = Tool.Run(workplace.Folder, "--help").Succeeded().Output;
        Assert.All((string[])["train", "score", "evaluate", "compare", "explain", "generate", "inspect", "130"], word => Assert.Contains(word, help));
        Tool.Run(workplace.Folder, "trian").Refused("'trian'", "Did you mean 'train'?");
    }

    [Fact]
    public void SweepTriesOptionsGoesOnAndSavesTheBest()
    {
        string[] sweep = ["sweep", "-d", Workplace.Labelled, "--label-col", "label", "--ignore-cols", "state", "--method", "knn", "--checkpoint", "sweep.jsonl", "--json"];
        ToolRun run = Tool.Run(workplace.Folder, [.. sweep, "--trials", "4", "-o", "swept.zip"]).Succeeded();
        Assert.Equal([0, 1, 2, 3], run.Json["trials"]!.AsArray().Select(trial => (int)trial!["number"]!));
        Assert.Empty(run.Json["trials"]![0]!["options"]!.AsObject());
        Assert.InRange((double)run.Json["rocAuc"]!, 0.9, 1);
        Assert.Equal("kNN", (string)Tool.Run(workplace.Folder, "inspect", "-m", "swept.zip", "--json").Succeeded().Json["method"]!);

        // With more trials it goes on; the first ones are those that were.
        ToolRun more = Tool.Run(workplace.Folder, [.. sweep, "--trials", "5"]).Succeeded();
        Assert.Equal(run.Json["trials"]!.AsArray().Select(trial => trial!.ToJsonString()), more.Json["trials"]!.AsArray().Take(4).Select(trial => trial!.ToJsonString()));
        Tool.Run(workplace.Folder, [.. sweep, "--trials", "0"]).Refused("NumberOfTrials must be at least 1");
        Tool.Run(workplace.Folder, [.. sweep, "--seed", "2"]).Refused("with the seed 1, not 2");
        Tool.Run(workplace.Folder, [.. sweep, "--metric", "best"]).Refused("AveragePrecision");
    }

    [Fact]
    public void ExportWritesOnnxFromTheColumnsOrFromTheFeatures()
    {
        ToolRun whole = Tool.Run(workplace.Folder, "export", "-m", Workplace.Model, "-o", "whole.onnx", "--json").Succeeded();
        Assert.True(whole.Json["inputs"]!.AsArray().Count > 1);
        Assert.Equal((long)whole.Json["bytes"]!, new FileInfo(Path.Combine(workplace.Folder, "whole.onnx")).Length);
        ToolRun detector = Tool.Run(workplace.Folder, "export", "-m", Workplace.Model, "-o", "detector.onnx", "--detector-only", "--json").Succeeded();
        Assert.Equal(["Features"], detector.Json["inputs"]!.AsArray().Select(name => (string)name!));
        Tool.Run(workplace.Folder, "export", "-m", Workplace.Model, "-o", "-").Refused("not to the standard output");
        Tool.Run(workplace.Folder, "export", "-m", "missing.zip").Refused("There is no model 'missing.zip'");
    }
}
