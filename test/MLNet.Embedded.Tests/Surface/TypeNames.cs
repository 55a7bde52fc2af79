namespace MLNet.Embedded.Tests.Surface;

/// <summary>Names of types as C# writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>With the namespace, as at the head of a line.</summary>
    internal static string Full(Type type) => $"{type.Namespace}.{Short(type)}";

    internal static string Short(Type type)
    {
        if (_keywords.TryGetValue(type, out string keyword))
            return keyword;
        if (type.IsArray)
            return Short(type.GetElementType()) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Short(underlying) + "?";
        if (type.IsGenericParameter)
            return type.Name;

        // A nested type carries the arguments of the types around it in front of its own.
        Type[] arguments = type.GetGenericArguments();
        var chain = new Stack<Type>();
        for (Type part = type; part != null; part = part.DeclaringType)
            chain.Push(part);
        var names = new List<string>();
        int used = 0;
        foreach (Type part in chain)
        {
            int count = part.GetGenericArguments().Length;
            string name = part.Name.Split('`')[0];
            names.Add(count > used ? $"{name}<{string.Join(", ", arguments[used..count].Select(Short))}>" : name);
            used = count;
        }

        return string.Join(".", names);
    }
}
