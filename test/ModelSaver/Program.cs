using Microsoft.ML;

// Usage: ModelSaver MODEL OTHER TARGET
// Saves two models over the same file, one after the other, until it is killed. A line on the console says that the first is saved.
if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: ModelSaver MODEL OTHER TARGET");
    return 2;
}

var mlContext = new MLContext(seed: 1);
ITransformer[] models = [mlContext.Model.LoadDetector(args[0], out DataViewSchema schema), mlContext.Model.LoadDetector(args[1], out _)];
for (int i = 0; ; i++)
{
    mlContext.Model.SaveAtomically(models[i % 2], schema, args[2]);
    if (i == 0)
        Console.WriteLine("saved");
}
