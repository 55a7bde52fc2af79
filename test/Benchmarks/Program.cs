using Adversarial.Benchmarks;

return args switch
{
    ["--help"] => Usage(),
    [] => SpeedBenchmark.Run([]),
    [var first, ..] when first.StartsWith("--", StringComparison.Ordinal) => SpeedBenchmark.Run(args),
    [PeakMemory.Verb, .. string[] rest] => PeakMemory.Run(rest),
    ["floors", .. string[] rest] => FloorBenchmark.Run(rest),
    ["kernels", .. string[] rest] => KernelBenchmark.Run(rest),
    ["micro", .. string[] rest] => MicroBenchmark.Run(rest),
    ["accuracy", .. string[] rest] => AccuracyBenchmark.Run(rest),
    ["images", .. string[] rest] => ImageBenchmark.Run(rest),
    ["search", .. string[] rest] => SearchRace.Run(rest),
    ["scikit-learn", .. string[] rest] => ScikitLearnComparison.Run(rest),
    ["papers", .. string[] rest] => PapersBenchmark.Run(rest),
    ["tables", .. string[] rest] => TablesBenchmark.Run(rest),
    ["cost", .. string[] rest] => CostBenchmark.Run(rest),
    ["serving", .. string[] rest] => ServingBenchmark.Run(rest),
    ["rows", .. string[] rest] => RowsBenchmark.Run(rest),
    [RowsBenchmark.ChildVerb, .. string[] rest] => RowsBenchmark.RunChild(rest),
    ["memory", .. string[] rest] => MemoryBenchmark.Run(rest),
    [MemoryBenchmark.ChildVerb, .. string[] rest] => MemoryBenchmark.RunChild(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Benchmarks [--json FILE] [--output FOLDER] [--only TEXT] [--threads N] | kernels [--json FILE] [--only TEXT] [--shape ROWSxINPUTSxOUTPUTS] [--threads N] | floors [--store] [--output FOLDER] | micro [--filter PATTERN] | accuracy --data FOLDER | images [--only TEXT] [--output FOLDER] | search [COLUMNS...] | scikit-learn FOLDER [TABLE...] | papers --help | tables --help | cost ROWSxCOLUMNS... | rows [--most ROWS] | memory [--only TEXT] [--output FOLDER] | serving Scoring.dll [REQUESTS]");
    return 2;
}
