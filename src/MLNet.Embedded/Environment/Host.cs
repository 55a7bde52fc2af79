namespace Microsoft.ML.Runtime;

/// <summary>A named node of the environment: its own random stream, its path in the log.</summary>
internal sealed class Host : IHost, IHostEnvironmentInternal
{
    private const string PathSeparator = "; ";

    private readonly HostRoot _root;
    private readonly string _path;

    internal Host(HostRoot root, string path, Random rand)
    {
        _root = root;
        _path = path;
        Rand = rand;
    }

    public Random Rand { get; }

    public ComponentCatalog ComponentCatalog => _root.ComponentCatalog;

    public int? Seed => _root.Seed;

    public string ContextDescription => _path;

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Errors.CheckNonEmpty(name, nameof(name));
        return new Host(_root, PathOf(name), NextStream(seed));
    }

    public IHost RegisterCatalog() => new Host(_root, _path, NextStream(null));

    public IChannel Start(string name) => new Channel(_root, this, PathOf(name));

    public IPipe<TMessage> StartPipe<TMessage>(string name) =>
        typeof(TMessage) == typeof(ChannelMessage) ? (IPipe<TMessage>)Start(name) : new SilentPipe<TMessage>(this);

    public IProgressChannel StartProgressChannel(string name) => new SilentProgressChannel();

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        if (ex != null && _path != null)
            ex.Data["Throwing component"] = _path;
        return ex;
    }

    private Random NextStream(int? seed)
    {
        // Components may be made from several threads; a generator must not be used by two.
        lock (Rand)
            return new Random(seed ?? Rand.Next());
    }

    private string PathOf(string name) => string.IsNullOrEmpty(_path) ? name : _path + PathSeparator + name;
}

/// <summary>What all hosts of one context share.</summary>
internal sealed class HostRoot
{
    private readonly Action<ChannelMessage, string> _log;

    internal HostRoot(int? seed, Action<ChannelMessage, string> log)
    {
        Seed = seed;
        _log = log;
    }

    internal int? Seed { get; }

    internal ComponentCatalog ComponentCatalog { get; } = new();

    internal void Log(ChannelMessage message, string source) => _log(message, source);

    internal Host CreateHost() => new(this, null, Seed.HasValue ? new Random(Seed.Value) : new Random());
}
