using Microsoft.ML.Runtime;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// A token that is cancelled where the options' token is, or where the context was told to end what it executes: ML.NET has no token for that, its
/// own trainers ask from time to time.
/// </summary>
internal sealed class ExecutionWatch : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    private readonly IHost _host;
    private readonly CancellationTokenSource _source;
    private readonly Timer _timer;

    public ExecutionWatch(IHost host, CancellationToken token)
    {
        _host = host;
        _source = CancellationTokenSource.CreateLinkedTokenSource(token);
        _timer = new Timer(_ => Ask(), null, _interval, _interval);
    }

    public CancellationToken Token => _source.Token;

    private void Ask()
    {
        try
        {
            MLNetInternals.CheckAlive(_host);
        }
        catch (OperationCanceledException)
        {
            Cancel();
        }
    }

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The fit has ended meanwhile.
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }
}
