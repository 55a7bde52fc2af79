using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract class TrainCatalogBase : IInternalCatalog
{
    private protected TrainCatalogBase(IHostEnvironmentInternal env)
    {
        Errors.CheckValue(env, nameof(env));
        Environment = env.RegisterCatalog();
    }

    IHostEnvironment IInternalCatalog.Environment => Environment;

    private protected IHost Environment { get; }

    /// <summary>The part of a catalog that the trainers' extension methods hang on.</summary>
    public abstract class CatalogInstantiatorBase : IInternalCatalog
    {
        private readonly TrainCatalogBase _owner;

        private protected CatalogInstantiatorBase(TrainCatalogBase catalog) => _owner = catalog;

        IHostEnvironment IInternalCatalog.Environment => _owner.Environment;
    }
}
