using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: System.Runtime.CompilerServices.IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: System.Runtime.CompilerServices.IgnoresAccessChecksTo("Microsoft.ML.Data")]
[assembly: LoadableClass(typeof(AnomalyDetectorTransformer), null, typeof(SignatureLoadModel),
    AnomalyDetectorTransformer.UserName, AnomalyDetectorTransformer.LoaderSignature)]

namespace System.Runtime.CompilerServices
{
    /// <summary>The run time's switch that lets this assembly reach non-public members of another one.</summary>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
    {
        public string AssemblyName { get; } = assemblyName;
    }
}

namespace Microsoft.ML.Adversarial
{
    /// <summary>The only place that touches non-public members of ML.NET; eng/internals.txt lists them.</summary>
    internal static class MLNetInternals
    {
        /// <summary>The environment of a catalog of trainers.</summary>
        public static IHostEnvironment EnvironmentOf(AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog) => CatalogUtils.GetEnvironment(catalog);

        /// <summary>The stream of a model component; its header is written on the way.</summary>
        public static BinaryWriter BeginModel(ModelSaveContext context)
        {
            context.SetVersionInfo(Version());
            return context.Writer;
        }

        /// <summary>The stream of a model component, its header being checked.</summary>
        public static StoredModel OpenModel(ModelLoadContext context)
        {
            context.CheckAtModel(Version());
            return new StoredModel(context.Reader, context.Header.ModelVerWritten);
        }

        private static VersionInfo Version() => new(
            modelSignature: AnomalyDetectorTransformer.ModelSignature,
            verWrittenCur: TransformerFile.Version,
            verReadableCur: TransformerFile.Version,
            verWeCanReadBack: TransformerFile.OldestVersion,
            loaderAssemblyName: typeof(AnomalyDetectorTransformer).Assembly.FullName!,
            loaderSignature: AnomalyDetectorTransformer.LoaderSignature);
    }

    public sealed partial class AnomalyDetectorTransformer
    {
        // Called by ML.NET's model loader.
        private static AnomalyDetectorTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            TransformerFile.Load(env, MLNetInternals.OpenModel(ctx));
    }
}
