using System.IO.Compression;

namespace NetworkIntrusion;

/// <summary>Training and test file of the demo: NSL-KDD where it is found, else simulated connections.</summary>
/// <param name="Name">What it is, for the output.</param>
/// <param name="TrainFile">Comma-separated, with header.</param>
/// <param name="TestFile">The same layout.</param>
public sealed record DataSet(string Name, string TrainFile, string TestFile) : IDisposable
{
    /// <summary>Name of the training file.</summary>
    public const string Train = "nslkdd_train.csv";

    /// <summary>Name of the test file.</summary>
    public const string Test = "nslkdd_test.csv";

    private readonly string _folder = "";

    private DataSet(string name, string folder)
        : this(name, Path.Combine(folder, Train), Path.Combine(folder, Test)) => _folder = folder;

    /// <summary>Looks in the given folder, then in ADVERSARIAL_DATA, then in ../shared/data beside the repository; else simulates.</summary>
    /// <param name="folder">From the command line, where it was checked, or null.</param>
    public static DataSet Find(string? folder)
    {
        string? named = folder ?? Environment.GetEnvironmentVariable("ADVERSARIAL_DATA");
        return (string.IsNullOrEmpty(named) ? null : TryUnpack(named)) ?? Beside() ?? Simulate();
    }

    /// <summary>Whether a folder holds both files, as they are or with .gz behind.</summary>
    public static bool IsIn(string folder) => Exists(folder, Train) && Exists(folder, Test);

    private static DataSet? Beside()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Microsoft.ML.Adversarial.sln")))
                return TryUnpack(Path.Combine(at.FullName, "..", "shared", "data"));
        }

        return TryUnpack(Path.Combine("..", "shared", "data"));
    }

    private static DataSet? TryUnpack(string folder)
    {
        if (!IsIn(folder))
            return null;
        var data = new DataSet($"NSL-KDD in {Path.GetFullPath(folder)}", Directory.CreateTempSubdirectory("network-intrusion-").FullName);
        Unpack(folder, Train, data.TrainFile);
        Unpack(folder, Test, data.TestFile);
        return data;
    }

    private static bool Exists(string folder, string file) => File.Exists(Path.Combine(folder, file)) || File.Exists(Path.Combine(folder, file + ".gz"));

    private static void Unpack(string folder, string file, string target)
    {
        string plain = Path.Combine(folder, file);
        if (File.Exists(plain))
        {
            File.Copy(plain, target);
            return;
        }

        using var packed = new GZipStream(File.OpenRead(plain + ".gz"), CompressionMode.Decompress);
        using FileStream unpacked = File.Create(target);
        packed.CopyTo(unpacked);
    }

    private static DataSet Simulate()
    {
        var data = new DataSet("simulated connections", Directory.CreateTempSubdirectory("network-intrusion-").FullName);
        Simulator.Write(data.TrainFile, seed: 1, normal: 20_000, attacksPerFamily: 0);
        Simulator.Write(data.TestFile, seed: 2, normal: 5_000, attacksPerFamily: 500);
        return data;
    }

    /// <summary>Deletes the unpacked or simulated files.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
