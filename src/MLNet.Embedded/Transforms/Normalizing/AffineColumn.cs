using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>y = (x - offset) * scale; without offsets zero stays zero, and a sparse vector sparse.</summary>
internal sealed class AffineColumn<T>(bool isVector, T[] scale, T[] offset) : NormalizerColumn
    where T : struct, IFloatingPointIeee754<T>
{
    internal override Type ItemType => typeof(T);

    internal override bool IsVector => isVector;

    internal override NormalizingTransformer.NormalizerModelParametersBase Parameters
    {
        get
        {
            if (isVector)
            {
                return new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>([.. scale],
                    offset == null ? [] : [.. offset]);
            }
            return new NormalizingTransformer.AffineNormalizerModelParameters<T>(scale[0], offset == null ? T.Zero : offset[0]);
        }
    }

    internal override Delegate MakeGetter(DataViewRow input, DataViewSchema.Column column) =>
        isVector ? VectorGetter(input.GetGetter<VBuffer<T>>(column)) : ScalarGetter(input.GetGetter<T>(column));

    protected override void SaveCore(BinaryWriter writer) => SaveValues(writer, isAffine: true, isVector, scale, offset);

    private ValueGetter<T> ScalarGetter(ValueGetter<T> get)
    {
        T slope = scale[0];
        T shift = offset == null ? T.Zero : offset[0];
        return (ref T destination) =>
        {
            get(ref destination);
            destination = (destination - shift) * slope;
        };
    }

    private ValueGetter<VBuffer<T>> VectorGetter(ValueGetter<VBuffer<T>> get)
    {
        VBuffer<T> source = default;
        return (ref VBuffer<T> destination) =>
        {
            get(ref source);
            CheckLength(source.Length, scale.Length);
            if (offset == null)
                Scale(in source, ref destination);
            else
                ScaleAndShift(in source, ref destination);
        };
    }

    private void Scale(in VBuffer<T> source, ref VBuffer<T> destination)
    {
        ReadOnlySpan<T> values = source.GetValues();
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, source.Length, values.Length);
        if (source.IsDense)
        {
            for (int i = 0; i < values.Length; i++)
                editor.Values[i] = values[i] * scale[i];
        }
        else
        {
            ReadOnlySpan<int> indices = source.GetIndices();
            indices.CopyTo(editor.Indices);
            for (int i = 0; i < values.Length; i++)
                editor.Values[i] = values[i] * scale[indices[i]];
        }
        destination = editor.Commit();
    }

    private void ScaleAndShift(in VBuffer<T> source, ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, source.Length);
        source.CopyTo(editor.Values);
        for (int i = 0; i < editor.Values.Length; i++)
            editor.Values[i] = (editor.Values[i] - offset[i]) * scale[i];
        destination = editor.Commit();
    }
}
