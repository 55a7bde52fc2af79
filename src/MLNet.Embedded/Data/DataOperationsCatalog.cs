using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog : IInternalCatalog
{
    private readonly IHostEnvironment _env;

    internal DataOperationsCatalog(IHostEnvironment env)
    {
        Errors.CheckValue(env, nameof(env));
        _env = env.Register(nameof(DataOperationsCatalog));
    }

    IHostEnvironment IInternalCatalog.Environment => _env;
}
