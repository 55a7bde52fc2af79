using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Cluster;

/// <summary>A silo: a process that takes jobs. It listens on this machine only.</summary>
public static class SiloProcess
{
    // What is asked to end and does not is ended.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            if (arguments.Redis is { } redis)
            {
                silo.UseRedisClustering(redis);
                silo.ConfigureEndpoints(IPAddress.Loopback, arguments.Port, arguments.Gateway);
            }
            else
            {
                silo.UseLocalhostClustering(arguments.Port, arguments.Gateway, new IPEndPoint(IPAddress.Loopback, arguments.Primary), Connection.Name, Connection.Name);
            }

            silo.Configure<ClusterOptions>(Connection.Identify);
            silo.Configure<SiloOptions>(options => options.SiloName = arguments.Name);
            // A lost silo is noticed in seconds: by default it takes half a minute. A cluster of machines that may stall for seconds leaves it there.
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(2);
                options.NumMissedProbesLimit = 3;
                options.NumVotesForDeathDeclaration = 1;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
                // A silo that joins waits for all that count as alive, also for one that was killed a moment ago.
                options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
                options.NumMissedTableIAmAliveLimit = 4;
            });
            silo.AddAnomalyDetection(options =>
            {
                options.JobsAtATime = arguments.Jobs;
                options.Folders = arguments.Folder is { } folder ? [folder] : null;
            });
        });
        using IHost host = builder.Build();
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(arguments.Minutes));
        // A silo that does not find the others waits for them: it is to end all the same.
        if (arguments.UntilInputEnds)
            _ = Task.Run(() => Console.In.ReadToEnd()).ContinueWith(_ => end.Cancel(), TaskScheduler.Default);
        using CancellationTokenRegistration last = end.Token.Register(() => _ = Task.Delay(_patience).ContinueWith(_ => Environment.Exit(1), TaskScheduler.Default));
        await host.StartAsync(end.Token);
        Console.WriteLine($"{arguments.Name} is ready");

        using CancellationTokenRegistration asked = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(end.Cancel);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await host.StopAsync();
        return 0;
    }
}
