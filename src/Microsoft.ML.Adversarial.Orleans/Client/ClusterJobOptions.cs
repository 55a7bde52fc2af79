namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>How the caller looks after its jobs.</summary>
public sealed class ClusterJobOptions
{
    /// <summary>Time that a job may take from its first start to its end, waiting and further tries included. Default: one hour.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often a job begins anew whose silo was lost, or wanted for a file or memory; at least 0. Jobs that would fail everywhere fail at once.</summary>
    public int NumberOfRetries { get; set; } = 5;

    /// <summary>The longest time without any answer about a job: from then on the cluster counts as gone. Default: two minutes; a lost silo takes Orleans half a minute to notice unless the membership is set otherwise.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Jobs that are handed over and not done, at most. Null: twice as many as the silos run at a time, so that none waits for work and a silo that joins
    /// finds some.
    /// </summary>
    public int? JobsInFlight { get; set; }

    /// <summary>Is told of each job that is done or begins anew, one at a time; null: none.</summary>
    public IProgress<ClusterProgress>? Progress { get; set; }

    internal void Validate()
    {
        Require(Deadline > TimeSpan.Zero, nameof(Deadline), Deadline, "above 0");
        Require(NumberOfRetries >= 0, nameof(NumberOfRetries), NumberOfRetries, "at least 0");
        Require(AnswerTimeout > TimeSpan.Zero, nameof(AnswerTimeout), AnswerTimeout, "above 0");
        Require(JobsInFlight is null or >= 1, nameof(JobsInFlight), JobsInFlight, "null or at least 1");
    }

    private static void Require(bool valid, string option, object? value, string requirement)
    {
        if (!valid)
            throw new ArgumentOutOfRangeException(option, value, $"Option {option} must be {requirement}.");
    }
}
