using Microsoft.ML;
using Microsoft.ML.Adversarial;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
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

        /// <summary>The shape of a schema: what an estimator promises.</summary>
        public static SchemaShape ShapeOf(DataViewSchema schema) => SchemaShape.Create(schema);

        /// <summary>Throws where the context was told to end what it executes, as AutoML does when its time is over.</summary>
        /// <exception cref="OperationCanceledException">It was.</exception>
        public static void CheckAlive(IHostEnvironment env) => Contracts.CheckAlive(env);

        private static VersionInfo Version() => new(
            modelSignature: AnomalyDetectorTransformer.ModelSignature,
            verWrittenCur: TransformerFile.Version,
            verReadableCur: TransformerFile.Version,
            verWeCanReadBack: TransformerFile.OldestVersion,
            loaderAssemblyName: typeof(AnomalyDetectorTransformer).Assembly.FullName!,
            loaderSignature: AnomalyDetectorTransformer.LoaderSignature);
    }

    // ML.NET's tools that take a whole chain, such as PermutationFeatureImportanceNonCalibrated, look for the predictor by this interface.
    public sealed partial class AnomalyDetectorTransformer : ISingleFeaturePredictionTransformer
    {
        // Called by ML.NET's model loader.
        private static AnomalyDetectorTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            TransformerFile.Load(env, MLNetInternals.OpenModel(ctx));
    }

    // ML.NET's ONNX converter walks back from view to view and takes one that it cannot walk through for the input: it would write a model
    // that asks for the scores. It has no public way of being told, so the view lets it come and refuses.
    internal sealed partial class ScoredDataView : ITransformCanSaveOnnx
    {
        IDataView IDataTransform.Source => input;

        bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => throw OnnxRefusal();

        void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => throw OnnxRefusal();

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("Scored rows are not a model: save the transformer that made them.");
    }
}
