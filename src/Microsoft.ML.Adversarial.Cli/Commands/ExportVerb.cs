using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Cli;

/// <summary>Writes a model as ONNX, for programs without .NET.</summary>
internal sealed class ExportVerb : Verb
{
    private readonly ModelOptions _model = new();
    private readonly Option<string> _output = new("--output", "-o") { Description = "The ONNX model's file.", HelpName = "FILE", DefaultValueFactory = _ => "model.onnx" };
    private readonly Option<bool> _detector = new("--detector-only") { Description = "Leave out what makes features of columns: the input is one vector, 'Features'." };
    private readonly Option<float?> _threshold = ModelOptions.Threshold();
    private readonly Option<MissingChoice?> _missing = ModelOptions.Missing();

    public ExportVerb()
        : base("export", "Write a model as ONNX: from the columns of the file, or from the features, to Score and PredictedLabel.") =>
        Take(_model.Option, _output, _detector, _threshold, _missing);

    protected override JsonObject Run(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        string path = parse.GetRequiredValue(_output);
        if (path == "-")
            throw new UserError("--output: an ONNX model goes to a file, not to the standard output.");
        OutputFile.Require(path);
        DetectorModel model = _model.Load(parse);
        model.Change(parse.GetValue(_threshold), ModelOptions.Handling(parse.GetValue(_missing)));
        bool whole = !parse.GetValue(_detector) && model.Before.Any();
        long length = UserError.Of(() => OutputFile.Write(path, stream =>
        {
            if (whole)
                SaveWhole(model, stream);
            else
                model.Context.AnomalyDetection.SaveOnnx(model.Detector, stream);
            return stream.Length;
        }));
        string[] inputs = whole ? [.. model.Inputs.Select(column => column.Name)] : ["Features"];
        terminal.Say($"The ONNX model is '{path}', {length:N0} bytes: from {(whole ? $"{inputs.Length} columns" : $"Features [N, {model.Detector.Model.Columns}]")} to Score and PredictedLabel.");
        return new JsonObject
        {
            ["onnx"] = path,
            ["bytes"] = length,
            ["inputs"] = new JsonArray([.. inputs.Select(name => (JsonNode)name)]),
            ["outputs"] = new JsonArray("Score", "PredictedLabel"),
        };
    }

    private static void SaveWhole(DetectorModel model, Stream stream)
    {
        using var before = new MemoryStream();
        model.Context.Model.ConvertToOnnx(model.Before, new EmptyView(model.Inputs), before);
        before.Position = 0;
        model.Context.AnomalyDetection.SaveOnnx(model.Detector, stream, before);
    }
}
