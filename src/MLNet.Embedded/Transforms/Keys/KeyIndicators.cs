namespace Microsoft.ML.Data;

/// <summary>Getters of the vectors that stand for keys, written sparse where most slots are zero.</summary>
internal static class KeyIndicators
{
    /// <summary>For each key a group of slots with a one at the key; none for a missing one.</summary>
    internal static ValueGetter<VBuffer<float>> Indicators(ValueGetter<VBuffer<uint>> getKeys, int size)
    {
        VBuffer<uint> keys = default;
        return (ref VBuffer<float> destination) =>
        {
            getKeys(ref keys);
            ReadOnlySpan<uint> values = keys.GetValues();
            ReadOnlySpan<int> indices = keys.GetIndices();
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, checked(keys.Length * size), values.Length,
                requireIndicesOnDense: true);
            int count = 0;
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] == 0)
                    continue;
                editor.Values[count] = 1;
                editor.Indices[count++] = (keys.IsDense ? i : indices[i]) * size + (int)values[i] - 1;
            }
            destination = editor.CommitTruncated(count);
        };
    }

    /// <summary>One group of slots for all keys, with their counts.</summary>
    internal static ValueGetter<VBuffer<float>> Counts(ValueGetter<VBuffer<uint>> getKeys, int size)
    {
        VBuffer<uint> keys = default;
        var found = new List<int>();
        return (ref VBuffer<float> destination) =>
        {
            getKeys(ref keys);
            found.Clear();
            foreach (uint key in keys.GetValues())
            {
                if (key > 0)
                    found.Add((int)key - 1);
            }
            found.Sort();

            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, size, Math.Min(size, found.Count),
                requireIndicesOnDense: true);
            int count = 0;
            foreach (int slot in found)
            {
                if (count > 0 && editor.Indices[count - 1] == slot)
                {
                    editor.Values[count - 1]++;
                    continue;
                }
                editor.Values[count] = 1;
                editor.Indices[count++] = slot;
            }
            destination = editor.CommitTruncated(count);
        };
    }

    /// <summary>For each key its number in binary, highest bit first; a missing one is all ones.</summary>
    internal static ValueGetter<VBuffer<float>> Bits(ValueGetter<VBuffer<uint>> getKeys, int bits)
    {
        VBuffer<uint> keys = default;
        return (ref VBuffer<float> destination) =>
        {
            getKeys(ref keys);
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, checked(keys.Length * bits));
            for (int i = 0; i < keys.Length; i++)
            {
                uint code = keys.GetItemOrDefault(i) - 1;
                for (int bit = 0; bit < bits; bit++)
                    editor.Values[i * bits + bit] = (code >> (bits - 1 - bit)) & 1;
            }
            destination = editor.Commit();
        };
    }
}
