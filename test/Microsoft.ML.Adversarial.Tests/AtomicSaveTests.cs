using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>A model file that is written anew is the old one or the new one, whatever happens.</summary>
public class AtomicSaveTests
{
    private const int Kills = 8;
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    private static readonly float[][] _rows = Simulated.Rows(40);
    private static readonly MLContext _mlContext = new(1);
    private static readonly TableView _data = Simulated.Table(_rows);

    // Some hundred kilobytes: saving takes a while.
    private static readonly AnomalyDetectorTransformer _model = Simulated.Fit(_data, options => options.EncoderLayerSizes = [256, 256]);

    private sealed class FailingModel(int bytes) : ITransformer
    {
        public bool IsRowToRowMapper => false;

        public IDataView Transform(IDataView input) => input;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new InvalidOperationException($"No room for {bytes} bytes.");
    }

    private static float[] Scores(string file) => Simulated.Scores(_mlContext.Model.LoadDetector(file, out _), _rows);

    private static string[] Files(string file) => [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!).Select(Path.GetFileName).Order()!];

    [Fact]
    public void ItSavesAndReplaces()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        _mlContext.Model.SaveAtomically(_model, _data.Schema, file);
        Assert.Equal(Simulated.Scores(_model, _rows), Scores(file));
        AnomalyDetectorTransformer other = Simulated.Fit(_data);
        _mlContext.Model.SaveAtomically(other, _data.Schema, file);
        Assert.Equal(Simulated.Scores(other, _rows), Scores(file));
        Assert.Equal(["model.zip"], Files(file));
    }

    [Fact]
    public void AModelThatFailsToSaveLeavesTheOldOneAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        _mlContext.Model.SaveAtomically(_model, _data.Schema, file);
        byte[] before = File.ReadAllBytes(file);
        var failing = new Data.TransformerChain<ITransformer>(_model, new FailingModel(7));
        Assert.Contains("No room", Assert.Throws<InvalidOperationException>(() => _mlContext.Model.SaveAtomically(failing, _data.Schema, file)).Message);
        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Equal(["model.zip"], Files(file));
    }

    [Fact]
    public void APathThatCannotWorkIsNamedAndNothingStays()
    {
        using var folder = new TemporaryFolder();
        string missing = Path.Combine(folder.File("missing"), "model.zip");
        Assert.Contains($"The folder of '{missing}' does not exist",
            Assert.Throws<DirectoryNotFoundException>(() => _mlContext.Model.SaveAtomically(_model, _data.Schema, missing)).Message);
        string taken = Directory.CreateDirectory(folder.File("taken")).FullName;
        Assert.ThrowsAny<Exception>(() => _mlContext.Model.SaveAtomically(_model, _data.Schema, taken));
        Assert.Equal(["taken"], Files(taken));
    }

    [Fact]
    public void ALinkStaysALinkAndPermissionsStay()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need a privilege there, and there are no such permissions.");
            return;
        }

        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip"), link = folder.File("current.zip");
        File.WriteAllText(file, "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, file);
        _mlContext.Model.SaveAtomically(_model, _data.Schema, link);
        Assert.Equal(file, new FileInfo(link).LinkTarget);
        Assert.Equal(Simulated.Scores(_model, _rows), Scores(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void AProcessThatIsKilledLeavesAWholeFile()
    {
        using var folder = new TemporaryFolder();
        string first = folder.File("first.zip"), second = folder.File("second.zip"), target = folder.File("target.zip");
        AnomalyDetectorTransformer other = Simulated.Fit(_data, options => (options.EncoderLayerSizes, options.Seed) = ([256, 256], 2));
        _mlContext.Model.SaveAtomically(_model, _data.Schema, first);
        _mlContext.Model.SaveAtomically(other, _data.Schema, second);
        float[][] known = [Simulated.Scores(_model, _rows), Simulated.Scores(other, _rows)];
        var random = new Random(1);
        int interrupted = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            KillAfter(TimeSpan.FromMilliseconds(random.Next(60)), first, second, target);
            Assert.Contains(Scores(target), known);
            string[] unfinished = Directory.GetFiles(Path.GetDirectoryName(target)!, ".target.zip.*.tmp");
            interrupted += unfinished.Length;
            Array.ForEach(unfinished, File.Delete);
        }

        Assert.True(interrupted > 0, "No kill came in the middle of saving: this test shows nothing.");
    }

    private static void KillAfter(TimeSpan moment, string first, string second, string target)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ModelSaver.dll"), first, second, target])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Assert.Equal("saved", process.StandardOutput.ReadLine());
        Thread.Sleep(moment);
        process.Kill();
        Assert.True(process.WaitForExit(_limit), "The child process does not end.");
    }
}
