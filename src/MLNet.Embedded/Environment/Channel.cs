using System.Diagnostics;

namespace Microsoft.ML.Runtime;

/// <summary>Passes messages on to the log of the context, under the path of its host.</summary>
internal sealed class Channel : IChannel
{
    private readonly HostRoot _root;
    private readonly Host _host;
    private readonly string _path;
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _disposed;

    internal Channel(HostRoot root, Host host, string path)
    {
        _root = root;
        _host = host;
        _path = path;
        Trace(MessageSensitivity.None, "Channel started");
    }

    public string ContextDescription => _path;

    public TException Process<TException>(TException ex)
        where TException : Exception => _host.Process(ex);

    public void Send(ChannelMessage msg) => _root.Log(msg, _path);

    public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt));

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Trace, sensitivity, fmt, args));

    public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Info, sensitivity, fmt, args));

    public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Warning, sensitivity, fmt, args));

    public void Error(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Error, sensitivity, fmt));

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Error, sensitivity, fmt, args));

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", Stopwatch.GetElapsedTime(_start));
        Trace(MessageSensitivity.None, "Channel disposed");
    }
}
