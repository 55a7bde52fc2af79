using Adversarial.Benchmarks;

return args switch
{
    ["kernels", .. string[] rest] => KernelBenchmark.Run(rest),
    ["accuracy", .. string[] rest] => AccuracyBenchmark.Run(rest),
    ["papers", .. string[] rest] => PapersBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Benchmarks kernels [--json FILE] [--only TEXT] [--shape ROWSxINPUTSxOUTPUTS] [--threads N] | accuracy --data FOLDER | papers --help");
    return 2;
}
