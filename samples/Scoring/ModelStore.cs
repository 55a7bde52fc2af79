namespace Scoring;

/// <summary>
/// The model that is served. The file is looked at again and again; where it has changed, the new model is loaded beside the old one and takes its place at once: no
/// request waits for it, and one that began with the old one ends with it. A file that cannot be loaded leaves the old model in its place.
/// </summary>
internal sealed partial class ModelStore : BackgroundService
{
    private readonly ScoringOptions _options;
    private readonly ScoringMeter _meter;
    private readonly ILogger<ModelStore> _log;
    private FileStamp? _refused;
    private int _looksWithoutFile;
    private volatile LoadedModel _current;
    private volatile string? _failure;

    /// <exception cref="ModelLoadException">There is no model to begin with.</exception>
    public ModelStore(ScoringOptions options, ScoringMeter meter, ILogger<ModelStore> log)
    {
        (_options, _meter, _log) = (options, meter, log);
        _current = LoadedModel.Load(options.Model);
    }

    /// <summary>The model that a request is scored with: asked for once a request.</summary>
    public LoadedModel Current => _current;

    /// <summary>Why the file as it is now is not served; null where it is.</summary>
    public string? Failure => _failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogServed(_current.Method, _options.Model);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_options.PollSeconds));
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look();
    }

    private void Look()
    {
        FileStamp stamp;
        try
        {
            stamp = FileStamp.Of(_options.Model);
            _looksWithoutFile = 0;
        }
        catch (IOException failure)
        {
            // Between the removal of a file and the move of another to its place there is none; one that stays away is told, and no reason to stop.
            if (++_looksWithoutFile == 2)
                Refuse(failure.Message, stamp: null);
            return;
        }

        if (stamp == _current.Stamp)
            _failure = null;
        if (stamp == _current.Stamp || stamp == _refused)
            return;
        try
        {
            _current = LoadedModel.Load(_options.Model);
            (_failure, _refused) = (null, null);
            _meter.Swapped();
            LogSwapped(_current.Method, _options.Model);
        }
        catch (ModelLoadException failure)
        {
            Refuse(failure.Message, stamp);
        }
    }

    // A file that is being written is tried again when it has grown.
    private void Refuse(string reason, FileStamp? stamp)
    {
        (_failure, _refused) = (reason, stamp);
        _meter.Refused();
        LogRefused(reason);
    }

    [LoggerMessage(LogLevel.Information, "{Method} from '{Path}' is served.")]
    private partial void LogServed(string method, string path);

    [LoggerMessage(LogLevel.Information, "{Method} from '{Path}' is served now.")]
    private partial void LogSwapped(string method, string path);

    [LoggerMessage(LogLevel.Error, "{Reason} The model before stays.")]
    private partial void LogRefused(string reason);
}
