namespace Adversarial.Benchmarks;

/// <summary>A training on a thread of its own, which stands still between two turns.</summary>
internal sealed class TurnsOnThread : IDisposable
{
    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private readonly Thread _thread;
    private double _seconds;
    private Exception? _failure;
    private bool _isOver;

    public TurnsOnThread(SpeedTraining training, int stepsOfTurn)
    {
        _thread = new Thread(() =>
        {
            try
            {
                _go.Wait();
                if (!_isOver)
                    training.Run(stepsOfTurn, Pause);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }

            _done.Release();
        });
        _thread.Start();
    }

    private bool Pause(double secondsOfStep)
    {
        _seconds = secondsOfStep;
        _done.Release();
        _go.Wait();
        return !_isOver;
    }

    /// <summary>One turn; seconds a step.</summary>
    public double Next()
    {
        _go.Release();
        _done.Wait();
        return _failure is null ? _seconds : throw new InvalidOperationException("The training on LibTorch's device failed.", _failure);
    }

    public void Dispose()
    {
        _isOver = true;
        _go.Release();
        _thread.Join();
        _go.Dispose();
        _done.Dispose();
    }
}
