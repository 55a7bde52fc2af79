using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Golden;

public sealed class TextLoaderGoldenTests
{
    private const string FileName = "text-loader.json";

    public static TheoryData<string> Names => GoldenFile.Names(FileName);

    [Theory]
    [MemberData(nameof(Names))]
    public void Matches(string name)
    {
        GoldenCase golden = GoldenFile.Get(FileName, name);
        using var folder = new TemporaryFolder();
        string path = folder.Write("data.txt", golden.Input.GetProperty("text").GetString());
        if (golden.Exception is { } exception)
        {
            GoldenException.AssertThrows(exception, stage =>
            {
                IDataView view = Load(golden.Settings, path);
                stage.Name = "read";
                GoldenColumns.Read(view, [.. view.Schema]);
            }, folder.Path);
            return;
        }

        GoldenColumns.AssertEqual(golden.Expected.GetProperty("columns"), Load(golden.Settings, path));
    }

    private static IDataView Load(JsonElement settings, string path)
    {
        var context = new MLContext(seed: 1);
        var options = new TextLoader.Options
        {
            Columns = settings.GetProperty("columns").EnumerateArray().Select(Column).ToArray(),
            AllowQuoting = Flag(settings, "allowQuoting"),
            AllowSparse = Flag(settings, "allowSparse"),
            HasHeader = Flag(settings, "hasHeader"),
            MissingRealsAsNaNs = Flag(settings, "missingRealsAsNaNs"),
            ReadMultilines = Flag(settings, "readMultilines"),
            TrimWhitespace = Flag(settings, "trimWhitespace"),
            MaxRows = settings.Optional("maxRows")?.GetInt64(),
        };
        if (settings.Optional("separators") is { } separators)
            options.Separators = separators.Strings().Select(separator => separator[0]).ToArray();
        if (settings.Optional("decimalMarker") is { } marker)
            options.DecimalMarker = marker.GetString()[0];
        if (settings.Optional("escapeChar") is { } escape)
            options.EscapeChar = escape.GetString()[0];
        MultiFileSource sample = Flag(settings, "dataSample") ? new MultiFileSource(path) : null;
        return context.Data.CreateTextLoader(options, sample).Load(path);
    }

    private static TextLoader.Column Column(JsonElement column)
    {
        TextLoader.Range[] ranges = column.GetProperty("ranges").EnumerateArray().Select(range =>
        {
            int min = range[0].GetInt32();
            int? max = range[1].ValueKind == JsonValueKind.Null ? null : range[1].GetInt32();
            return min == max ? new TextLoader.Range(min) : new TextLoader.Range(min, max);
        }).ToArray();
        KeyCount keyCount = column.Optional("keyCount") is { } count ? new KeyCount(count.GetUInt64()) : null;
        return new TextLoader.Column(column.GetProperty("name").GetString(), Enum.Parse<DataKind>(column.GetProperty("kind").GetString()),
            ranges, keyCount);
    }

    private static bool Flag(JsonElement settings, string name) => settings.Optional(name)?.GetBoolean() ?? false;
}
