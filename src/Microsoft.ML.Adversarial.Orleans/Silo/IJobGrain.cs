using Orleans;
using Orleans.Concurrency;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>
/// A job of a cluster, by its id. No call lasts as long as the job: a silo that is lost shows in a call that fails, or in a grain that has come up elsewhere
/// and knows nothing of the job.
/// </summary>
[Alias("Adversarial.IJobGrain")]
internal interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Begins the job where it has not begun, and tells where it stands.</summary>
    [AlwaysInterleave, ResponseTimeout("00:00:30"), Alias("Start")]
    Task<JobStatus> StartAsync(Job job);

    /// <summary>Tells where the job stands: when it has ended, or when so much time has passed. A large result is to be fetched.</summary>
    [AlwaysInterleave, ResponseTimeout("00:00:06"), Alias("Poll")]
    Task<JobStatus> PollAsync(TimeSpan wait);

    /// <summary>Tells where the job stands, with its result of any size.</summary>
    [AlwaysInterleave, ResponseTimeout("00:05:00"), Alias("Fetch")]
    Task<JobStatus> FetchAsync();

    /// <summary>Ends the job where it goes on, and forgets it.</summary>
    [AlwaysInterleave, ResponseTimeout("00:00:05"), Alias("Forget")]
    Task ForgetAsync();
}
