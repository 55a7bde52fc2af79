using System.Diagnostics;
using Adversarial.Detectors;
using Cluster;
using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Adversarial.Orleans;
using Microsoft.ML.Data;

namespace ClusterTests;

/// <summary>Silos as processes, found by Redis, two of which are killed while they work.</summary>
public class KillTests(ITestOutputHelper output)
{
    private const int Fits = 40;
    private const int Parts = 60;

    private readonly MLContext _context = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingIsLostAndNothingDoneTwice()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ADVERSARIAL_FULL_TESTS") == "1", "Only with ADVERSARIAL_FULL_TESTS=1.");
        string? server = ((string[])["/usr/bin/redis-server", "/usr/local/bin/redis-server"]).FirstOrDefault(File.Exists);
        Assert.SkipWhen(server is null, "redis-server is not installed: apt-get install redis-server.");
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        output.WriteLine($"Seed {seed}");

        using var folder = new TemporaryFolder();
        var data = new SampleData(folder.Path);
        data.Generate(Parts, rows: 20_000, trainingRows: 4000);
        (TestProcess redis, string address) = await TestProcess.RedisAsync(server);
        using (redis)
        {
            var silos = new List<TestProcess>();
            try
            {
                silos.AddRange(await Task.WhenAll(Enumerable.Range(1, 3).Select(i => TestProcess.SiloAsync($"silo-{i}", address, folder.Path))));
                await using Connection connection = await Connection.OpenAsync(address);

                DetectorOptions[] options = [.. Enumerable.Range(1, Fits).Select(i => new VaeOptions { EnsembleSize = 1, NumberOfEpochs = 60, Seed = i })];
                AnomalyDetectorTransformer[] models = [];
                await RunAsync("fits", Fits, silos, address, folder.Path, random, async jobs =>
                    models = [.. await connection.Client.FitAllAsync(_context, options, data.Rows, jobs, Cancellation)]);
                RequireModels(models, options, data);

                // Slow enough that silos come and go meanwhile.
                AnomalyDetectorTransformer model = await connection.Client.FitAsync(_context,
                    new VaeOptions { EnsembleSize = 3, EncoderLayerSizes = [512, 256], MaximumNumberOfSteps = 20, Seed = 1 }, data.Rows, null, Cancellation);
                _context.Model.SaveAtomically(model, null, data.Model);
                silos.Add(await TestProcess.SiloAsync("silo-4", address, folder.Path));
                IReadOnlyList<ScoredPart> parts = [];
                await RunAsync("parts", Parts, silos, address, folder.Path, random, async jobs =>
                    parts = await connection.Client.ScoreFilesAsync(data.Model, ScorePart.Of(data.Parts, data.Scores), SampleData.Format, jobs, Cancellation));
                RequireScores(parts, model, data);
            }
            finally
            {
                silos.ForEach(silo => silo.Dispose());
            }
        }
    }

    // Three silos are there and a fourth begins to join; two of the three are killed.
    private async Task RunAsync(string what, int jobs, List<TestProcess> silos, string redis, string folder, Random random, Func<ClusterJobOptions, Task> work)
    {
        string joined = $"late-for-{what}";
        int[] moments = [random.Next(1, jobs / 3), random.Next(jobs / 3, jobs / 2)];
        int[] pauses = [random.Next(500), random.Next(500)];
        var log = new Log();
        long begun = Stopwatch.GetTimestamp();
        Task run = work(new ClusterJobOptions { Progress = log });
        var killed = new List<string>();
        Task<TestProcess> joining = TestProcess.SiloAsync(joined, redis, folder);
        for (int i = 0; i < 2; i++)
        {
            while (log.Done.Count < moments[i] && !run.IsCompleted)
                await Task.Delay(20, Cancellation);
            await Task.Delay(pauses[i], Cancellation);
            Assert.False(run.IsCompleted, $"The run of {what} was over before a silo was killed.");
            TestProcess victim = silos[random.Next(silos.Count)];
            victim.Kill();
            silos.Remove(victim);
            killed.Add($"{victim.Name} after {log.Done.Count}");
        }

        silos.Add(await joining);
        await run;
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        string shares = string.Join(", ", log.Done.GroupBy(done => done.Silo.Split(' ')[0]).OrderBy(silo => silo.Key, StringComparer.Ordinal).Select(silo => $"{silo.Key} {silo.Count()}"));
        output.WriteLine(FormattableString.Invariant($"{jobs} {what} in {seconds:F1} s; killed {string.Join(", ", killed)}; {log.Again.Count} begun anew; done by {shares}"));
        Assert.Equal(jobs, log.Done.Count);
        Assert.Equal(jobs, log.Done.Select(done => done.Job).Distinct().Count());
        Assert.Contains(log.Done, done => done.Silo.StartsWith(joined, StringComparison.Ordinal));
    }

    private void RequireModels(AnomalyDetectorTransformer[] models, DetectorOptions[] options, SampleData data)
    {
        IDataView rows = _context.Data.LoadFromBinary(data.Training);
        Parallel.For(0, models.Length, i => Assert.Equal(SimulatedRows.Bytes(SimulatedRows.FitHere(_context, options[i], rows)), SimulatedRows.Bytes(models[i])));
        Assert.Equal(models.Length, models.Select(model => Convert.ToHexString(SimulatedRows.Bytes(model))).Distinct().Count());
    }

    private void RequireScores(IReadOnlyList<ScoredPart> parts, ITransformer model, SampleData data)
    {
        // What a silo left that was killed is gone as well.
        Assert.Equal(parts.Select(part => part.Part.Output).Order(StringComparer.Ordinal), Directory.GetFiles(data.Scores).Order(StringComparer.Ordinal));
        foreach (ScoredPart part in parts)
        {
            float[] expected = [.. model.Transform(SampleData.Format.Open(_context, part.Part.Input)).GetColumn<float>("Score")];
            Assert.Equal(expected, File.ReadLines(part.Part.Output).Skip(1).Select(line => float.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(expected.Length, part.Rows);
        }
    }
}
