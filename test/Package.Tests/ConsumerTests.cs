namespace Package.Tests;

/// <summary>The packages serve a user who has nothing else.</summary>
public class ConsumerTests(PackedPackages packages, ITestOutputHelper output)
{
    // Names no type of the packages. The framework is the one that the library beside it was built for.
    private const string Loader = """
        using System.Runtime.Versioning;
        using Microsoft.ML;

        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load("model.zip", out DataViewSchema schema);
        using var engine = mlContext.Model.CreatePredictionEngine<Connection, Verdict>(model);
        foreach (var connection in new[]
        {
            new Connection { Service = "http", Duration = 0.5f, BytesSent = 300, BytesReceived = 3000 },
            new Connection { Service = "http", Duration = 40, BytesSent = 95_000, BytesReceived = 2_900 },
        })
        {
            Verdict verdict = engine.Predict(connection);
            Console.WriteLine($"{connection.Duration}: {verdict.PredictedLabel}, score {verdict.Score}");
        }

        var library = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "Microsoft.ML.Adversarial");
        Console.WriteLine(((TargetFrameworkAttribute)library.GetCustomAttributes(typeof(TargetFrameworkAttribute), false)[0]).FrameworkName);

        class Connection
        {
            public string Service { get; set; } = "";
            public float Duration { get; set; }
            public float BytesSent { get; set; }
            public float BytesReceived { get; set; }
            public bool Attack { get; set; }
        }

        class Verdict
        {
            public bool PredictedLabel { get; set; }
            public float Score { get; set; }
        }
        """;

    [Fact(Skip = FullRun.Reason, SkipUnless = nameof(FullRun.IsAsked), SkipType = typeof(FullRun))]
    public async Task TheFirstSnippetTrainsAndAnotherProgramLoadsItsModel()
    {
        await packages.PackedAsync();
        Snippet snippet = Snippet.Of("README.md", await File.ReadAllTextAsync(Path.Combine(PackedPackages.Root, "README.md")))[0];
        using var consumer = new Consumer(PackedPackages.Folder);
        SampleData.Write(consumer.PathOf(SampleData.FileName));

        string[] trained = Lines(await consumer.RunAsync("Trainer", "net10.0", packages.Version, snippet.Code));
        Assert.NotEmpty(snippet.ExpectedLines);
        Assert.Equal(snippet.ExpectedLines, trained);

        string[] on10 = Lines(await consumer.RunAsync("Loader10", "net10.0", packages.Version, Loader));
        string[] on8 = Lines(await consumer.RunAsync("Loader8", "net8.0", packages.Version, Loader));
        Assert.Equal((".NETCoreApp,Version=v10.0", ".NETCoreApp,Version=v8.0"), (on10[^1], on8[^1]));
        Assert.Equal(3, on10.Length);
        Assert.StartsWith("0.5: False, score ", on10[0]);
        Assert.StartsWith("40: True, score ", on10[1]);
        Assert.Equal(on10[..2], on8[..2]);
    }

    private string[] Lines(string text)
    {
        output.WriteLine(text);
        return text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
