namespace Microsoft.ML;

/// <summary>The signature of a loader: a component made from its saved model.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);

/// <summary>Declares, for its assembly, the class that loads the models with one of the given loader names.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute : Attribute
{
    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(instType, instType, argType, sigType, userName, loadNames)
    {
    }

    public LoadableClassAttribute(Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
    {
        InstanceType = instType;
        LoaderType = loaderType;
        SignatureType = sigType;
        LoadNames = loadNames;
    }

    /// <summary>What the loaded component is.</summary>
    public Type InstanceType { get; }

    /// <summary>The class with the constructor or the static Create.</summary>
    public Type LoaderType { get; }

    public Type SignatureType { get; }

    public IReadOnlyList<string> LoadNames { get; }
}
