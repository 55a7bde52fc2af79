using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A member of a class bound to a column, with compiled access to the member.</summary>
internal sealed class TypedColumn
{
    private Delegate _read;

    private TypedColumn(SchemaDefinition.Column column, MemberInfo member, DataViewType type)
    {
        Name = column.ColumnName;
        Member = member;
        Type = type;
        Annotations = column.Annotations;
    }

    internal string Name { get; }

    internal MemberInfo Member { get; }

    internal DataViewType Type { get; }

    internal DataViewSchema.Annotations Annotations { get; }

    internal Type MemberType => MemberTypes.TypeOf(Member);

    internal static TypedColumn[] Bind(Type userType, SchemaDefinition.Direction direction, SchemaDefinition definition)
    {
        var columns = new List<TypedColumn>();
        foreach (SchemaDefinition.Column column in definition ?? SchemaDefinition.Create(userType, direction))
        {
            const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
            MemberInfo member = (MemberInfo)userType.GetField(column.MemberName, Public)
                ?? userType.GetProperty(column.MemberName, Public)
                ?? throw Errors.Param(nameof(definition),
                    $"No field or property with name '{column.MemberName}' found in type '{userType}'.");
            DataViewType type = column.ColumnType ?? MemberTypes.GetColumnType(member);
            if (!MemberTypes.IsCompatible(type, MemberTypes.TypeOf(member)))
                throw CannotBind(column.ColumnName, type, member);
            if (columns.Exists(other => other.Name == column.ColumnName))
                throw Errors.Param(nameof(definition), $"Duplicate column name '{column.ColumnName}' detected, this is disallowed");
            columns.Add(new TypedColumn(column, member, type));
        }

        return columns.ToArray();
    }

    internal static DataViewSchema MakeSchema(IEnumerable<TypedColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (TypedColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    internal static InvalidOperationException CannotBind(string name, DataViewType type, MemberInfo member) => Errors.Operation(
        $"Can't bind the IDataView column '{name}' of type '{type}' to field or property '{member.Name}' "
        + $"of type '{MemberTypes.TypeOf(member)}'.");

    internal Func<TRow, TValue> CompileRead<TRow, TValue>()
    {
        // Compiling costs more than a short pass over the data: every cursor shares what the first one made.
        return (Func<TRow, TValue>)(_read ??= Compile());

        Delegate Compile()
        {
            ParameterExpression row = Expression.Parameter(typeof(TRow));
            return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, Member), row).Compile();
        }
    }

    internal Action<TRow, TValue> CompileWrite<TRow, TValue>()
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        ParameterExpression value = Expression.Parameter(typeof(TValue));
        Expression assign = Expression.Assign(Expression.MakeMemberAccess(row, Member), value);
        return Expression.Lambda<Action<TRow, TValue>>(assign, row, value).Compile();
    }

    internal bool CanRead => Member is FieldInfo || ((PropertyInfo)Member).GetMethod is { IsPublic: true };
}
