using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Adversarial;

/// <summary>Undoes y = (x - offset) * scale.</summary>
internal static class AffineInverse
{
    // What rounding to floats three times may change, relative to the largest number that takes part.
    private const double RoundingError = 3.0 / (1 << 24);

    private const int MostDigits = 8;

    private readonly record struct Map(double[] Scale, double[] Offset)
    {
        public double Forward(int slot, double x) => (x - Offset[slot]) * Scale[slot];

        // With a scale of 0 the normaliser keeps no trace of the value: there was one only.
        public double Backward(int slot, double y) => Scale[slot] == 0 ? Offset[slot] : y / Scale[slot] + Offset[slot];
    }

    /// <summary>The numbers before normalisation, or null where it is not affine.</summary>
    public static NumberValues? Undo(NormalizingTransformer transformer, PipelineStage stage, DataViewSchema.Column column, NumberValues values)
    {
        if (Find(transformer, stage, column, values.Width) is not { } map)
            return null;
        double[] ends = [.. values.Low.Select((y, slot) => Simplest(map, slot, y)), .. values.High.Select((y, slot) => Simplest(map, slot, y))];
        var low = new double[values.Width];
        var high = new double[values.Width];
        for (int slot = 0; slot < values.Width; slot++)
            (low[slot], high[slot]) = (Math.Min(ends[slot], ends[values.Width + slot]), Math.Max(ends[slot], ends[values.Width + slot]));
        double[] rows = [.. values.Rows.Select((y, i) => Math.Clamp(map.Backward(i % values.Width, y), low[i % values.Width], high[i % values.Width]))];
        return new NumberValues(values.Width, rows, low, high);
    }

    // The number of fewest digits that rounding cannot tell from the true one: 5, not 4.9999997. Ends of ranges, and so constants, come back exactly.
    private static double Simplest(Map map, int slot, double y)
    {
        double x = map.Backward(slot, y);
        double error = RoundingError * Math.Max(Math.Abs(x), Math.Abs(map.Offset[slot]));
        for (int digits = 0; digits < MostDigits; digits++)
        {
            double simple = double.Parse(x.ToString($"E{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (Math.Abs(simple - x) <= error)
                return simple;
        }

        return x;
    }

    // The parameters are numbered by the transformer's columns, whose order is not public: those that do what it does to a row are the ones.
    private static Map? Find(NormalizingTransformer transformer, PipelineStage stage, DataViewSchema.Column column, int width)
    {
        int columns = stage.Output.Count - stage.Input.Count;
        Map[] candidates = [.. Enumerable.Range(0, columns).Select(i => Read(transformer.GetNormalizerModelParameters(i)))
            .OfType<Map>().Where(map => map.Scale.Length == width)];
        if (columns == 1 || candidates.Length == 0)
            return candidates.Length == 0 ? null : candidates[0];
        if (stage.Probe(column, _ => 1) is not { } atOne || stage.Probe(column, _ => 2) is not { } atTwo)
            return null;
        Map best = candidates.MinBy(Distance);
        return Distance(best) <= width * 1e-4 ? best : null;

        double Distance(Map map) =>
            Enumerable.Range(0, width).Sum(slot => Relative(map.Forward(slot, 1), atOne[slot]) + Relative(map.Forward(slot, 2), atTwo[slot]));
    }

    private static double Relative(double expected, double found) => Math.Abs(expected - found) / Math.Max(1, Math.Abs(found));

    private static Map? Read(NormalizingTransformer.NormalizerModelParametersBase parameters) => parameters switch
    {
        NormalizingTransformer.AffineNormalizerModelParameters<float> one => new Map([one.Scale], [one.Offset]),
        NormalizingTransformer.AffineNormalizerModelParameters<double> one => new Map([one.Scale], [one.Offset]),
        NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> many => Of(many.Scale, many.Offset),
        NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<double>> many => Of(many.Scale, many.Offset),
        _ => null,
    };

    // A normaliser that leaves zero where it is has no offsets.
    private static Map Of<T>(ImmutableArray<T> scale, ImmutableArray<T> offset)
        where T : IConvertible =>
        new([.. scale.Select(value => value.ToDouble(null))],
            offset.IsDefaultOrEmpty ? new double[scale.Length] : [.. offset.Select(value => value.ToDouble(null))]);
}
