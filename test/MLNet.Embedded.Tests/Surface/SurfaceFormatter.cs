using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLNet.Embedded.Tests.Surface;

/// <summary>Prints types and members in the notation of the lists in Data/api.</summary>
internal static class SurfaceFormatter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The line of the type itself and one line for each member that others can reach.</summary>
    internal static IEnumerable<string> Lines(Type type)
    {
        string name = TypeNames.Full(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke");
            return [$"{name} :: delegate {TypeNames.Short(invoke.ReturnType)} ({Parameters(invoke)})"];
        }

        return Members(type).Prepend("!type " + TypeLine(type)).Select(line => $"{name} :: {line}");
    }

    internal static bool IsReachable(Type type) => type.IsNested
        ? IsReachable(type.DeclaringType) && (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
        : type.IsPublic;

    private static string TypeLine(Type type)
    {
        if (type.IsEnum)
            return $"public enum : {TypeNames.Short(type.GetEnumUnderlyingType())}";
        string variance = type.IsInterface ? string.Concat(type.GetGenericArguments().Select(Variance)) : "";
        List<string> bases = [];
        if (type.IsClass && type.BaseType != typeof(object))
            bases.Add(TypeNames.Short(type.BaseType));
        bases.AddRange(type.GetInterfaces().Where(IsReachable).Select(TypeNames.Short).Order(StringComparer.Ordinal));
        string list = bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
        return $"public {Kind(type)}{variance}{list}{Constraints(type.GetGenericArguments())}{Usage(type)}";
    }

    /// <summary>What kind of type it is, with its modifiers.</summary>
    internal static string Kind(Type type)
    {
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct";
        return type switch
        {
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
    }

    private static string Variance(Type argument) => (argument.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
    {
        GenericParameterAttributes.Covariant => $" [out {argument.Name}]",
        GenericParameterAttributes.Contravariant => $" [in {argument.Name}]",
        _ => "",
    };

    private static string Usage(Type type)
    {
        var usage = type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false);
        if (!typeof(Attribute).IsAssignableFrom(type) || usage == null)
            return "";
        string targets = string.Join(" | ", usage.ValidOn.ToString().Split(", ").Select(target => "AttributeTargets." + target));
        bool plain = usage is { AllowMultiple: false, Inherited: true } && targets == "AttributeTargets.Class";
        string flags = $", AllowMultiple={Default(usage.AllowMultiple, typeof(bool))}, Inherited={Default(usage.Inherited, typeof(bool))}";
        return $" [AttributeUsage({targets}{(plain ? "" : flags)})]";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (string value in Enum.GetNames(type))
                yield return $"enum value {value} = {Convert.ToInt64(Enum.Parse(type, value), CultureInfo.InvariantCulture)}";
            yield break;
        }

        ConstructorInfo[] constructors = type.GetConstructors(Declared).Where(c => !c.IsStatic && IsReachable(c)).ToArray();
        foreach (ConstructorInfo constructor in constructors)
            yield return $"ctor {Access(constructor)} ({Parameters(constructor)})";
        if (constructors.Length == 0 && type.IsClass && !(type.IsAbstract && type.IsSealed))
            yield return "ctor (none public or protected)";
        foreach (FieldInfo field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            yield return Field(field);
        foreach (PropertyInfo property in type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsReachable)))
            yield return Property(property);
        foreach (EventInfo one in type.GetEvents(Declared).Where(e => IsReachable(e.AddMethod)))
            yield return $"event {Access(one.AddMethod)} {TypeNames.Short(one.EventHandlerType)} {one.Name}";
        foreach (MethodInfo method in type.GetMethods(Declared).Where(m => IsReachable(m) && !m.IsSpecialName))
            yield return Method(method);
    }

    private static string Field(FieldInfo field)
    {
        string modifiers = (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"field {(field.IsPublic ? "public" : "protected")} {modifiers}{TypeNames.Short(field.FieldType)} {field.Name}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors(true).First(IsReachable);
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string get = property.GetMethod != null && IsReachable(property.GetMethod) ? "get; " : "";
        string set = property.SetMethod != null && IsReachable(property.SetMethod) ? "set; " : "";
        return $"property {Access(accessor)} {Modifiers(accessor)}{TypeNames.Short(property.PropertyType)} {name} {{ {get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        string constraints = method.IsGenericMethod ? Constraints(method.GetGenericArguments()) : "";
        string head = $"method {Access(method)} {Modifiers(method)}{TypeNames.Short(method.ReturnType)} {method.Name}{generic}";
        return $"{head}({extension}{Parameters(method)}){constraints}";
    }

    private static bool IsReachable(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType.IsInterface)
            return "";
        if (method.IsStatic)
            return "static ";
        bool overrides = method.GetBaseDefinition() != method;
        return method switch
        {
            _ when overrides => method.IsFinal ? "sealed override " : "override ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
    }

    private static string Constraints(Type[] arguments)
    {
        var lines = new List<string>();
        foreach (Type argument in arguments)
        {
            GenericParameterAttributes flags = argument.GenericParameterAttributes;
            var parts = new List<string>();
            if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                parts.Add("class");
            bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            if (isStruct)
                parts.Add("struct");
            parts.AddRange(argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(TypeNames.Short));
            if (!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
                parts.Add("new()");
            if (parts.Count > 0)
                lines.Add($" where {argument.Name} : {string.Join(", ", parts)}");
        }

        return string.Concat(lines);
    }

    /// <summary>Parameters with types, names and defaults.</summary>
    internal static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        Type type = parameter.ParameterType;
        if (type.IsByRef)
        {
            prefix += parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
            type = type.GetElementType();
        }

        string suffix = parameter.HasDefaultValue ? " = " + Default(parameter.DefaultValue, type) : "";
        return $"{prefix}{TypeNames.Short(type)} {parameter.Name}{suffix}";
    }

    private static string Default(object value, Type type)
    {
        if (value == null)
            return type.IsValueType && Nullable.GetUnderlyingType(type) == null || type.IsGenericParameter ? "default" : "null";
        if (type.IsEnum)
            return TypeNames.Short(type) + "." + Enum.GetName(type, value);
        return value switch
        {
            string text => $"\"{text}\"",
            '\t' => "'\\t'",
            char c => $"'{c}'",
            bool flag => flag ? "true" : "false",
            float number => number.ToString(CultureInfo.InvariantCulture) + "f",
            double number => number.ToString(CultureInfo.InvariantCulture) + "d",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
