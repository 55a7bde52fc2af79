using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>The columns that the members of a class name by <see cref="LoadColumnAttribute"/>.</summary>
    internal static Column[] ColumnsOf(Type type)
    {
        const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<MemberInfo> fields = type.GetFields(Members);
        IEnumerable<MemberInfo> properties = type.GetProperties(Members)
            .Where(p => p.GetIndexParameters().Length == 0 && p is { GetMethod.IsPublic: true, SetMethod.IsPublic: true });
        return fields.Concat(properties)
            .Where(member => !member.IsDefined(typeof(NoColumnAttribute)))
            .Select(ColumnOf).ToArray();
    }

    private static Column ColumnOf(MemberInfo member)
    {
        string kind = member is FieldInfo ? "Field" : "Property";
        LoadColumnAttribute source = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw Errors.Operation($"{kind} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        Type itemType = MemberTypes.ItemTypeOf(MemberTypes.TypeOf(member), out bool isVector);
        PrimitiveDataViewType item = DataViewTypeExtensions.TryGetPrimitive(itemType);
        DataKind dataKind = Enum.GetValues<DataKind>().FirstOrDefault(k => k.ToPrimitive().Equals(item));
        if (dataKind == default)
            throw Errors.Operation($"{kind} {member.Name} is of unsupported type.");
        KeyTypeAttribute key = member.GetCustomAttribute<KeyTypeAttribute>();
        return new Column
        {
            Name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            DataKind = dataKind,
            KeyCount = key == null ? null : new KeyCount { Count = key.Count },
            Source = source.Sources.Select(range => new Range { Min = range.Min, Max = range.Max, ForceVector = isVector }).ToArray(),
        };
    }
}
