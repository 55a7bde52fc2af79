using Scoring;

WebApplication service;
try
{
    service = ScoringService.Build(args);
}
catch (ModelLoadException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

await service.RunAsync();
return 0;
