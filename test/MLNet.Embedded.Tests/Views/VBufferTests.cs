using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Views;

public sealed class VBufferTests
{
    [Fact]
    public void SparseAndDenseReadTheSame()
    {
        var sparse = new VBuffer<float>(5, 2, [7, 9], [1, 4]);
        VBuffer<float> dense = default;
        sparse.CopyToDense(ref dense);
        Assert.False(sparse.IsDense);
        Assert.True(dense.IsDense);
        Assert.Equal([0, 7, 0, 0, 9], dense.GetValues().ToArray());
        Assert.Equal(dense.DenseValues(), sparse.DenseValues());
        Assert.Equal([1, 4], sparse.Items().Select(item => item.Key));
        Assert.Equal(5, sparse.Items(all: true).Count());
        Assert.Equal([0f, 7, 0, 0, 9], Enumerable.Range(0, 5).Select(sparse.GetItemOrDefault));
        Assert.Throws<ArgumentOutOfRangeException>(() => sparse.GetItemOrDefault(5));
    }

    [Fact]
    public void SlicesKeepTheirStorage()
    {
        var sparse = new VBuffer<float>(6, 3, [1, 2, 3], [0, 3, 5]);
        VBuffer<float> slice = default;
        sparse.CopyTo(ref slice, 2, 3);
        Assert.Equal(3, slice.Length);
        Assert.Equal([1], slice.GetIndices().ToArray());
        Assert.Equal([0f, 2, 0], slice.DenseValues());

        var dense = new VBuffer<float>(3, [4, 5, 6]);
        dense.CopyTo(ref slice, 1, 2);
        Assert.Equal([5f, 6], slice.DenseValues());
    }

    [Fact]
    public void EmptyVectorsWithoutArraysCanBeRead()
    {
        Assert.Empty(default(VBuffer<float>).DenseValues());
        var allDefault = new VBuffer<float>(3, 0, null, null);
        Assert.Equal([0f, 0, 0], allDefault.DenseValues());
        Assert.Equal(0, allDefault.GetItemOrDefault(2));
        VBuffer<float> slice = default;
        allDefault.CopyTo(ref slice, 1, 2);
        Assert.Equal(2, slice.Length);
    }

    [Fact]
    public void CopyFillsFromAnIndexOnWithADefault()
    {
        Span<float> target = [9, 9, 9, 9];
        new VBuffer<float>(3, 1, [5], [2]).CopyTo(target, 1, -1);
        Assert.Equal([9, -1, -1, 5], target.ToArray());
    }

    [Fact]
    public void EditorReusesArraysThatFit()
    {
        var values = new float[4];
        var buffer = new VBuffer<float>(4, values);
        VBufferEditor<float> editor = VBufferEditor.Create(ref buffer, 3);
        Assert.False(editor.CreatedNewValues);
        editor.Values.Fill(2);
        buffer = editor.Commit();
        Assert.Equal([2, 2, 2, 0], values);

        editor = VBufferEditor.Create(ref buffer, 10, 5);
        Assert.True(editor.CreatedNewValues);
        Assert.True(editor.CreatedNewIndices);
        Assert.Equal(5, editor.Indices.Length);
        editor.Indices[0] = 8;
        editor.Values[0] = 1;
        buffer = editor.CommitTruncated(1);
        Assert.Equal(10, buffer.Length);
        Assert.Equal(1, buffer.GetItemOrDefault(8));
    }

    [Fact]
    public void EditorKeepsOldValuesOnResizeIfWanted()
    {
        var buffer = new VBuffer<int>(2, [1, 2]);
        VBufferEditor<int> editor = VBufferEditor.Create(ref buffer, 4, keepOldOnResize: true);
        Assert.Equal([1, 2], editor.Values[..2].ToArray());
    }
}
