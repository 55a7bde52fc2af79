using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>The normal distribution's share below the value; a column without variance gives zero.</summary>
internal sealed class CdfColumn<T>(bool isVector, T[] means, T[] deviations) : NormalizerColumn
    where T : struct, IFloatingPointIeee754<T>
{
    internal override Type ItemType => typeof(T);

    internal override bool IsVector => isVector;

    internal override NormalizingTransformer.NormalizerModelParametersBase Parameters => isVector
        ? new NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<T>>([.. means], [.. deviations], useLog: false)
        : new NormalizingTransformer.CdfNormalizerModelParameters<T>(means[0], deviations[0], useLog: false);

    internal override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column) =>
        isVector ? VectorGetter(input.GetGetter<VBuffer<T>>(column)) : ScalarGetter(input.GetGetter<T>(column));

    protected override void SaveCore(BinaryWriter writer) => SaveValues(writer, isAffine: false, isVector, means, deviations);

    private ValueGetter<T> ScalarGetter(ValueGetter<T> get) => (ref T destination) =>
    {
        get(ref destination);
        destination = Cdf(destination, 0);
    };

    private ValueGetter<VBuffer<T>> VectorGetter(ValueGetter<VBuffer<T>> get)
    {
        VBuffer<T> source = default;
        return (ref VBuffer<T> destination) =>
        {
            get(ref source);
            CheckLength(source.Length, means.Length);
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, source.Length);
            source.CopyTo(editor.Values);
            for (int i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = Cdf(editor.Values[i], i);
            destination = editor.Commit();
        };
    }

    private T Cdf(T value, int slot)
    {
        double deviation = double.CreateChecked(deviations[slot]);
        double distance = double.CreateChecked(value) - double.CreateChecked(means[slot]);
        return deviation == 0 ? T.Zero : T.CreateTruncating((1 + Erf(distance / (deviation * Math.Sqrt(2)))) / 2);
    }

    // Winitzki's approximation, good to 1e-4; ML.NET's values are those of this formula, not of the exact function.
    private static double Erf(double x)
    {
        const double A = 0.147;
        double square = x * x;
        return Math.CopySign(Math.Sqrt(1 - Math.Exp(-square * (4 / Math.PI + A * square) / (1 + A * square))), x);
    }
}
