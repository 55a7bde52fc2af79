using System.Globalization;
using Adversarial.Detectors;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;

/// <summary>Turns a method's list of options into AutoML's search space, and AutoML's choice into options.</summary>
internal static class Spaces
{
    public static SearchSpace Of(DetectorDescriptor method)
    {
        var space = new SearchSpace();
        foreach (SearchDimension dimension in method.SearchSpace)
        {
            // An option without a default is derived from rows and width; AutoML wants a number to begin with.
            double middle = dimension.IsLogarithmic ? Math.Sqrt(dimension.Minimum * dimension.Maximum) : (dimension.Minimum + dimension.Maximum) / 2;
            double first = double.TryParse(dimension.Default, CultureInfo.InvariantCulture, out double given) ? given : middle;
            space[dimension.Option] = dimension switch
            {
                { Choices.Count: > 0 } => new ChoiceOption([.. dimension.Choices], dimension.Default ?? dimension.Choices[0]),
                { IsInteger: true } => new UniformIntOption((int)dimension.Minimum, (int)dimension.Maximum, dimension.IsLogarithmic, (int)first),
                _ => new UniformDoubleOption(dimension.Minimum, dimension.Maximum, dimension.IsLogarithmic, first),
            };
        }

        return space;
    }

    public static DetectorOptions Options(DetectorDescriptor method, Parameter parameter, int seed)
    {
        DetectorOptions options = method.CreateOptions();
        options.Seed = seed;
        foreach (SearchDimension dimension in method.SearchSpace)
        {
            string value = dimension switch
            {
                { Choices.Count: > 0 } => parameter[dimension.Option].AsType<string>(),
                { IsInteger: true } => parameter[dimension.Option].AsType<int>().ToString(CultureInfo.InvariantCulture),
                _ => parameter[dimension.Option].AsType<double>().ToString("R", CultureInfo.InvariantCulture),
            };
            method.SetOption(options, dimension.Option, value);
        }

        return options;
    }
}
