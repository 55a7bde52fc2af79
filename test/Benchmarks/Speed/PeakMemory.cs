using System.Diagnostics;
using System.Globalization;

namespace Adversarial.Benchmarks;

/// <summary>The peak of resident memory of a process that trains and scores one case, as the other side's process does.</summary>
internal static class PeakMemory
{
    /// <summary>The verb of the child process.</summary>
    public const string Verb = "speed-memory";

    private const int Steps = 200;

    /// <summary>MiB.</summary>
    public static double Of(SpeedCase speedCase, int threads)
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            ArgumentList = { Environment.GetCommandLineArgs()[0], Verb, speedCase.Name, threads.ToString(CultureInfo.InvariantCulture) },
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    /// <summary>What the child does.</summary>
    public static int Run(string[] args)
    {
        SpeedCase speedCase = SpeedCase.All.Single(known => known.Name == args[0]);
        int threads = int.Parse(args[1], CultureInfo.InvariantCulture);
        using var training = new SpeedTraining(speedCase, threads);
        training.Run(Steps, _ => false);
        training.Detector.Score(training.ScoredRows(), threads);
        Console.WriteLine((Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
