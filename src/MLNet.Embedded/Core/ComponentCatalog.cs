using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The loadable classes of the assemblies registered so far, by loader name and signature.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock _lock = new();
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly Dictionary<(string Name, Type Signature), LoadableClassAttribute> _classes = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        lock (_lock)
        {
            if (_assemblies.Contains(assembly))
                return;

            // Foreign assemblies are searched type by type, as ML.NET does for its extension attributes: all their types must load.
            if (assembly != typeof(ComponentCatalog).Assembly)
                CheckTypesLoad(assembly, throwOnError);
            foreach (LoadableClassAttribute loadable in assembly.GetCustomAttributes<LoadableClassAttribute>())
            {
                foreach (string name in loadable.LoadNames)
                    Add(loadable, name, throwOnError);
            }

            _assemblies.Add(assembly);
        }
    }

    /// <summary>Makes the component with the given loader name, or false where no registered assembly declares it.</summary>
    internal bool TryCreateInstance<TResult>(IHostEnvironment env, Type signature, string name, object[] arguments, out TResult result)
        where TResult : class
    {
        LoadableClassAttribute loadable;
        lock (_lock)
        {
            if (!_classes.TryGetValue((name.ToLowerInvariant(), signature), out loadable))
            {
                result = null;
                return false;
            }
        }

        result = Create(loadable, [env, .. arguments]) as TResult;
        return result != null;
    }

    private static void CheckTypesLoad(Assembly assembly, bool throwOnError)
    {
        try
        {
            assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException) when (!throwOnError)
        {
            // The caller asked to go on with the types that did load.
        }
    }

    private void Add(LoadableClassAttribute loadable, string name, bool throwOnError)
    {
        var key = (name.ToLowerInvariant(), loadable.SignatureType);
        if (_classes.TryAdd(key, loadable) || _classes[key].LoaderType == loadable.LoaderType || !throwOnError)
            return;
        throw Errors.Operation($"ComponentCatalog cannot map name '{name}' and SignatureType '{loadable.SignatureType}' to " +
            $"{loadable.LoaderType}: the name is taken by {_classes[key].LoaderType}.");
    }

    private static object Create(LoadableClassAttribute loadable, object[] arguments)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic;
        Type[] extra = loadable.SignatureType.GetMethod("Invoke").GetParameters().Select(p => p.ParameterType).ToArray();
        Type[] types = [typeof(IHostEnvironment), .. extra];
        Type loader = loadable.LoaderType;
        try
        {
            ConstructorInfo constructor = loadable.InstanceType.IsAssignableFrom(loader)
                ? loader.GetConstructor(Any | BindingFlags.Instance, types)
                : null;
            if (constructor != null)
                return constructor.Invoke(arguments);
            MethodInfo create = loader.GetMethod("Create", Any | BindingFlags.Static, types)
                ?? throw Errors.Operation($"Can't instantiate class '{loader.Name}': it has neither the constructor nor the static Create");
            return create.Invoke(null, arguments);
        }
        catch (TargetInvocationException e)
        {
            throw Errors.Operation("Error during class instantiation", e);
        }
    }
}
