using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Adversarial.Detectors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Tells what a model is, or what methods there are and what options one has.</summary>
internal sealed class InspectVerb : Verb
{
    private const int ShownFeatures = 30;

    private readonly Option<string?> _model = new("--model", "-m") { Description = "A model: its method, options, features, threshold and the columns that it reads.", HelpName = "FILE" };
    private readonly Option<string?> _method = new("--method") { Description = "A method: when to choose it, and its options.", HelpName = "NAME" };
    private readonly Option<bool> _methods = new("--methods") { Description = "All methods." };

    public InspectVerb()
        : base("inspect", "Tell what a model holds, what methods there are, or what options a method has.") => Take(_model, _method, _methods);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation) =>
        (parse.GetValue(_model), parse.GetValue(_method), parse.GetValue(_methods)) switch
        {
            ({ } path, null, false) => Model(terminal, path),
            (null, { } name, false) => Method(terminal, MethodOptions.Method(name)),
            (null, null, true) => Methods(terminal),
            _ => throw new UserError("inspect takes one of --model FILE, --method NAME and --methods."),
        };

    private static JsonObject Model(Terminal terminal, string path)
    {
        DetectorModel model = DetectorModel.Load(path);
        Detector detector = model.Detector.Model;
        string[] features = [.. model.Groups().Names];
        (string Column, string? NormalLabel)? label = Table.LabelOf(model.InputSchema);
        var json = new JsonObject
        {
            ["model"] = path,
            ["method"] = detector.Descriptor.Name,
            ["threshold"] = detector.IsFitted ? JsonValue.Create(model.Detector.Threshold) : null,
            ["calibrationRows"] = detector.CalibrationScores.Length,
            ["missingValues"] = model.Detector.MissingValueHandling.ToString(),
            ["columns"] = new JsonArray([.. model.Inputs.Select(column => (JsonNode)new JsonObject { ["name"] = column.Name, ["type"] = column.Type.ToString() })]),
            ["label"] = label?.Column,
            ["normalLabel"] = label?.NormalLabel,
            ["featureSlots"] = detector.Columns,
            ["features"] = new JsonArray([.. features.Select(name => (JsonNode)name)]),
            ["transformers"] = new JsonArray([.. model.Before.Select(transformer => (JsonNode)transformer.GetType().Name)]),
            ["options"] = JsonNode.Parse(detector.Descriptor.ToJson(detector.Options)),
        };
        terminal.Say($"{path}: {detector.Descriptor.Name}, threshold {Terminal.Show(model.Detector.Threshold, "G6")}; rows with missing values: {model.Detector.MissingValueHandling}.");
        terminal.Say(detector.CalibrationScores.IsEmpty ? "No rows were held out: there is no calibrated false-alarm rate." : $"{detector.CalibrationScores.Length} normal rows were held out to calibrate it.");
        terminal.Say($"Label: {(label is { } known ? known.Column + (known.NormalLabel is { } normal ? $", {normal} is normal" : "") : "none is written down")}.");
        terminal.Say($"Columns: {string.Join(", ", model.Inputs.Select(column => $"{column.Name} ({column.Type})").Take(ShownFeatures))}{(model.Inputs.Count > ShownFeatures ? $" and {model.Inputs.Count - ShownFeatures} more" : "")}.");
        terminal.Say($"They make {detector.Columns} features of {features.Length} columns.");
        terminal.Say(["Option", "Value"], Lines(json["options"]!.AsObject()));
        return json;
    }

    private static IEnumerable<string[]> Lines(JsonObject options) =>
        options.Select(option => (string[])[option.Key, option.Value is null ? "null" : option.Value.GetValueKind() == JsonValueKind.String ? option.Value.GetValue<string>() : option.Value.ToJsonString()]);

    private static JsonObject Method(Terminal terminal, DetectorDescriptor method)
    {
        DetectorOptions defaults = method.CreateOptions();
        var options = method.OptionNames.Select(name => (Name: name, Default: method.GetOption(defaults, name) ?? "null", Takes: method.DescribeOption(name))).ToArray();
        DetectorCard card = method.Card;
        terminal.Say($"{card.Name}: {card.Task}\nPaper: {card.Paper} ({card.Year}), {card.Reference}\nLabels: {Labels(card.Labels)}\nCost: {card.Complexity}\nWhen it fails: {card.KnownFailure}\n");
        terminal.Say(["Option", "Default", "Takes"], options.Select(option => (string[])[option.Name, option.Default, option.Takes]));
        return new JsonObject
        {
            ["method"] = card.Name,
            ["paper"] = card.Paper,
            ["year"] = card.Year,
            ["reference"] = card.Reference,
            ["task"] = card.Task,
            ["labels"] = card.Labels.ToString(),
            ["complexity"] = card.Complexity,
            ["knownFailure"] = card.KnownFailure,
            ["options"] = new JsonArray([.. options.Select(option => (JsonNode)new JsonObject { ["name"] = option.Name, ["default"] = option.Default, ["takes"] = option.Takes })]),
        };
    }

    private static JsonObject Methods(Terminal terminal)
    {
        terminal.Say(["Method", "Year", "Labels"], DetectorRegistry.All.Select(method => (string[])[method.Name, $"{method.Card.Year}", Labels(method.Card.Labels)]));
        return new JsonObject
        {
            ["methods"] = new JsonArray([.. DetectorRegistry.All.Select(method => (JsonNode)new JsonObject { ["name"] = method.Name, ["year"] = method.Card.Year, ["labels"] = method.Card.Labels.ToString() })]),
        };
    }

    private static string Labels(LabelUse use) => use switch
    {
        LabelUse.FewAnomalies => "learns from some known anomalies",
        LabelUse.Optional => "can use known anomalies",
        _ => "needs none",
    };
}
