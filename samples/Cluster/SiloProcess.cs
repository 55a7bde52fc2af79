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
            });
            silo.AddAnomalyDetection(options =>
            {
                options.JobsAtATime = arguments.Jobs;
                options.Folders = arguments.Folder is { } folder ? [folder] : null;
            });
        });
        using IHost host = builder.Build();
        await host.StartAsync();
        Console.WriteLine($"{arguments.Name} is ready");

        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(arguments.Minutes));
        using CancellationTokenRegistration asked = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(end.Cancel);
        Task input = arguments.UntilInputEnds ? Task.Run(() => Console.In.ReadToEnd()) : Task.Delay(Timeout.Infinite, end.Token);
        await Task.WhenAny(input, Task.Delay(Timeout.Infinite, end.Token));
        await host.StopAsync();
        return 0;
    }
}
