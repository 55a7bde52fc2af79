using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class become columns; the user may change what <see cref="Create(Type, Direction)"/> finds.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName)
            ?? throw Errors.Param(nameof(columnName), $"Column '{columnName}' not found");
        set
        {
            Errors.CheckValue(value, nameof(value));
            Errors.CheckParam(value.ColumnName == columnName, nameof(columnName), $"The column name must be specified as '{columnName}'");
            int index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Errors.CheckValue(userType, nameof(userType));
        var definition = new SchemaDefinition();
        foreach (MemberInfo member in ColumnMembers(userType, direction))
        {
            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (definition.Exists(column => column.ColumnName == name))
                throw Errors.Param(nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new Column(member.Name, MemberTypes.GetColumnType(member), name));
        }

        return definition;
    }

    /// <summary>The members of the class with the types and annotations that the schema gives to their names.</summary>
    internal static SchemaDefinition Create(Type userType, DataViewSchema schema)
    {
        SchemaDefinition definition = Create(userType, Direction.Read);
        foreach (Column column in definition)
        {
            if (schema.GetColumnOrNull(column.ColumnName) is not { } known)
                continue;
            column.ColumnType = known.Type;
            column.SetAnnotations(known.Annotations);
        }

        return definition;
    }

    /// <summary>Public fields, then public properties, but none marked <see cref="NoColumnAttribute"/>.</summary>
    private static IEnumerable<MemberInfo> ColumnMembers(Type userType, Direction direction)
    {
        const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;
        bool read = direction.HasFlag(Direction.Read);
        bool write = direction.HasFlag(Direction.Write);
        IEnumerable<MemberInfo> fields = userType.GetFields(Members).Where(field => read || !field.IsInitOnly);
        IEnumerable<MemberInfo> properties = userType.GetProperties(Members)
            .Where(p => p.GetIndexParameters().Length == 0
                && ((read && p.GetMethod is { IsPublic: true }) || (write && p.SetMethod is { IsPublic: true })));
        return fields.Concat(properties).Where(member => !member.IsDefined(typeof(NoColumnAttribute)));
    }

    public sealed class Column
    {
        private DataViewSchema.Annotations.Builder _annotations = new();

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnName = columnName;
            ColumnType = columnType;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Errors.CheckNonEmpty(kind, nameof(kind));
            Errors.CheckParam(!Annotations.Schema.GetColumnOrNull(kind).HasValue, nameof(kind),
                "Column already contains an annotation of this kind.");
            _annotations.Add(kind, annotationType, (ref T destination) => destination = value);
        }

        internal void SetAnnotations(DataViewSchema.Annotations annotations)
        {
            _annotations = new DataViewSchema.Annotations.Builder();
            _annotations.Add(annotations, _ => true);
        }
    }
}
