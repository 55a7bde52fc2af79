using Adversarial.Detectors;

namespace Adversarial.Benchmarks;

/// <summary>The runs and what of them is measured; settings that a method does not have show here.</summary>
internal static class RunList
{
    public static int Print(PapersArguments arguments, IReadOnlyList<ResultLine> lines)
    {
        HashSet<ResultKey> known = [.. lines.Select(line => line.Key)];
        int failures = 0;
        foreach (Experiment experiment in arguments.Selected())
        {
            string state = State(experiment, known, arguments.Seeds, lines, ref failures);
            Console.WriteLine($"{experiment.Id,-72} {state}");
        }

        return failures == 0 ? 0 : 1;
    }

    private static string State(Experiment experiment, HashSet<ResultKey> known, int seeds, IReadOnlyList<ResultLine> lines, ref int failures)
    {
        if (experiment.Descriptor is not DetectorDescriptor descriptor)
            return "method not registered";
        try
        {
            string definition = experiment.Definition(descriptor);
            foreach (Reading reading in experiment.Readings.Where(reading => reading.Settings.Count > 0))
                RowOptions.Change(descriptor, experiment.Options(descriptor), reading.Settings);
            if (experiment.Readings.Any(reading => reading.Settings.Count > 0) && experiment.Options(descriptor) is NetworkDetectorOptions { EnsembleSize: > 1 })
                throw new ArgumentException("an ensemble cannot be scored under other options: the row needs EnsembleSize=1");
            int measured = Enumerable.Range(1, seeds).Count(seed =>
                experiment.Readings.All(reading => known.Contains(new ResultKey(experiment.Id, definition, reading.Name, seed))));
            int old = lines.Count(line => line.Experiment == experiment.Id && line.Definition != definition);
            return $"{measured} of {seeds}" + (old > 0 ? $", {old} lines of other options" : "");
        }
        catch (ArgumentException failure)
        {
            failures++;
            return failure.Message;
        }
    }
}
