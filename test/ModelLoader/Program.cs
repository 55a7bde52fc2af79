using System.Globalization;
using Microsoft.ML;
using ModelLoader;

// Usage: ModelLoader MODEL ROWS SCORES [CULTURE]
// Loads a saved model that this program knows nothing of, scores the rows of a text file, writes the bits of each score.
if (args.Length is < 3 or > 4)
{
    Console.Error.WriteLine("Usage: ModelLoader MODEL ROWS SCORES [CULTURE]");
    return 2;
}

if (args.Length == 4)
{
    CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = new CultureInfo(args[3]);
    CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture;
}

var mlContext = new MLContext(seed: 1);
ITransformer model = mlContext.Model.Load(args[0], out DataViewSchema schema);
IDataView rows = RowFile.Load(mlContext, schema, args[1]);
File.WriteAllLines(args[2], ScoreLine.ReadAll(model.Transform(rows)));
return 0;
