using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Views;

public sealed class SchemaTests
{
    [Fact]
    public void NewestColumnOfANameHidesTheOthers()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("B", TextDataViewType.Instance);
        builder.AddColumn("A", BooleanDataViewType.Instance);
        DataViewSchema schema = builder.ToSchema();
        Assert.Equal([true, false, false], schema.Select(column => column.IsHidden));
        Assert.Equal(2, schema["A"].Index);
        Assert.Null(schema.GetColumnOrNull("C"));
        Assert.Throws<ArgumentOutOfRangeException>(() => schema["C"]);
    }

    [Theory]
    [InlineData("Single")]
    [InlineData("String")]
    [InlineData("Vector<Single, 4>")]
    [InlineData("Vector<Int32, 1, 2>")]
    [InlineData("Vector<Single>")]
    [InlineData("Key<UInt32, 0-2>")]
    [InlineData("Vector<Key<UInt32, 0-2>, 3>")]
    public void TypesPrintAndCompareByWhatTheyAre(string text)
    {
        DataViewType type = Golden.GoldenTypes.Parse(text);
        Assert.Equal(text, type.ToString());
        Assert.True(type.Equals(Golden.GoldenTypes.Parse(text)));
        Assert.False(type.Equals(NumberDataViewType.Double));
    }

    [Fact]
    public void ShapesHaveNoSizesAndNoHiddenColumns()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("A", new VectorDataViewType(NumberDataViewType.Single, 4));
        builder.AddColumn("V", new VectorDataViewType(NumberDataViewType.Single));
        builder.AddColumn("K", new KeyDataViewType(typeof(uint), 3));
        SchemaShape shape = SchemaShape.Create(builder.ToSchema());
        Assert.Equal(["Vector<Single>", "VarVector<Single>", "Key<UInt32>"], shape.Select(column => column.GetTypeString()));
    }

    [Fact]
    public void AnnotationsAreReadOnlyWhenAskedFor()
    {
        int reads = 0;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("Kind", NumberDataViewType.Single, (ref float value) => value = ++reads);
        DataViewSchema.Annotations annotations = builder.ToAnnotations();
        Assert.Equal(0, reads);
        float read = 0;
        annotations.GetValue("Kind", ref read);
        Assert.Equal(1, read);
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Other", ref read));
        double wrong = 0;
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Kind", ref wrong));
    }

    [Fact]
    public void RowNamesDeriveWithoutMeeting()
    {
        var seen = new HashSet<DataViewRowId>();
        for (ulong i = 0; i < 1000; i++)
        {
            var id = new DataViewRowId(i, 0);
            Assert.True(seen.Add(id));
            Assert.True(seen.Add(id.Fork()));
            Assert.True(seen.Add(id.Next()));
            Assert.True(seen.Add(id.Combine(new DataViewRowId(i + 1, 7))));
        }
    }
}
