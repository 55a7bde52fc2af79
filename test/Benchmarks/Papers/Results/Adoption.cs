namespace Adversarial.Benchmarks;

/// <summary>
/// Takes results of other options for those of the present ones: for the case that an option was added or renamed and nothing that is
/// computed has changed.
/// </summary>
internal static class Adoption
{
    public static void Adopt(ResultFile file, string text)
    {
        Dictionary<string, string> definitions = PaperPages.All.SelectMany(page => page.Experiments)
            .Where(experiment => experiment.Id.Contains(text, StringComparison.OrdinalIgnoreCase) && experiment.Descriptor is not null)
            .ToDictionary(experiment => experiment.Id, experiment => experiment.Definition(experiment.Descriptor!));
        int adopted = 0;
        file.Rewrite(line =>
        {
            if (!definitions.TryGetValue(line.Experiment, out string? definition) || definition == line.Definition)
                return line;
            adopted++;
            return line with { Definition = definition };
        });
        Console.WriteLine($"{adopted} lines adopted");
    }
}
