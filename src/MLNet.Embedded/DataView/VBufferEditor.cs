namespace Microsoft.ML.Data;

/// <summary>Makes the next value of a vector in the arrays of the last one, where they are large enough.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(ref VBuffer<T> destination) =>
        new(destination.Length, destination.GetValues().Length, destination.ValuesArray, destination.IndicesArray, false, false);

    public static VBufferEditor<T> Create<T>(ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null,
        int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newLogicalLength);
        int count = valuesCount ?? newLogicalLength;
        if (count < 0 || count > newLogicalLength)
            throw new ArgumentOutOfRangeException(nameof(valuesCount), "Must be between 0 and newLogicalLength");
        int capacity = maxValuesCapacity ?? newLogicalLength;

        T[] values = destination.ValuesArray;
        bool newValues = EnsureSize(ref values, count, capacity, keepOldOnResize);
        int[] indices = destination.IndicesArray;
        bool newIndices = (count < newLogicalLength || requireIndicesOnDense) && EnsureSize(ref indices, count, capacity, keepOldOnResize);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, newValues, newIndices);
    }

    private static bool EnsureSize<T>(ref T[] array, int count, int capacity, bool keepOld)
    {
        if (array != null && array.Length >= count)
            return false;
        // Doubling keeps the number of reallocations low when rows of growing size follow each other.
        int doubled = array == null ? count : (int)Math.Min(2L * array.Length, Math.Max(capacity, count));
        int size = Math.Max(count, doubled);
        if (keepOld)
            Array.Resize(ref array, size);
        else
            array = new T[size];
        return true;
    }
}

public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    public readonly Span<T> Values;

    public readonly Span<int> Indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool createdNewValues, bool createdNewIndices)
    {
        _length = length;
        _values = values;
        _indices = indices;
        Values = values.AsSpan(0, count);
        Indices = indices != null && indices.Length >= count ? indices.AsSpan(0, count) : default;
        CreatedNewValues = createdNewValues;
        CreatedNewIndices = createdNewIndices;
    }

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        if (physicalValuesCount < 0 || physicalValuesCount > Values.Length)
            throw new ArgumentOutOfRangeException(nameof(physicalValuesCount));
        return new VBuffer<T>(_length, physicalValuesCount, _values, _indices);
    }
}
