using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The start of every use: the catalogs, the seed, the log.</summary>
public sealed class MLContext : IHostEnvironmentInternal
{
    private readonly Host _host;

    public MLContext(int? seed = null)
    {
        _host = new HostRoot(seed, RaiseLog).CreateHost();
        Data = new DataOperationsCatalog(this);
        Model = new ModelOperationsCatalog(this);
        Transforms = new TransformsCatalog(this);
        AnomalyDetection = new AnomalyDetectionCatalog(this);
        BinaryClassification = new BinaryClassificationCatalog(this);
        ComponentCatalog.RegisterAssembly(typeof(MLContext).Assembly);
    }

    public event EventHandler<LoggingEventArgs> Log;

    public AnomalyDetectionCatalog AnomalyDetection { get; }

    public BinaryClassificationCatalog BinaryClassification { get; }

    public ComponentCatalog ComponentCatalog => _host.ComponentCatalog;

    public DataOperationsCatalog Data { get; }

    public ModelOperationsCatalog Model { get; }

    public TransformsCatalog Transforms { get; }

    int? IHostEnvironmentInternal.Seed => _host.Seed;

    string IExceptionContext.ContextDescription => _host.ContextDescription;

    IHost IHostEnvironmentInternal.RegisterCatalog() => _host.RegisterCatalog();

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _host.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => _host.Start(name);

    IPipe<TMessage> IChannelProvider.StartPipe<TMessage>(string name) => _host.StartPipe<TMessage>(name);

    IProgressChannel IProgressChannelProvider.StartProgressChannel(string name) => _host.StartProgressChannel(name);

    TException IExceptionContext.Process<TException>(TException ex) => _host.Process(ex);

    private void RaiseLog(ChannelMessage message, string source)
    {
        EventHandler<LoggingEventArgs> log = Log;
        log?.Invoke(this, new LoggingEventArgs(message.Message, message.Kind, source));
    }
}
