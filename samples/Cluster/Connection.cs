using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Cluster;

/// <summary>A client's connection to the silos.</summary>
public sealed class Connection : IAsyncDisposable
{
    /// <summary>What silos and clients of one cluster have in common.</summary>
    public const string Name = "adversarial-sample";

    // The client by itself waits for a silo for ever.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private readonly IHost _host;

    private Connection(IHost host) => _host = host;

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static void Identify(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (Name, Name);

    /// <exception cref="TimeoutException">No silo answers.</exception>
    public static async Task<Connection> OpenAsync(string? redis, params int[] gateways)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        // What it says of a start that fails, the exception says in fewer lines.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            if (redis is not null)
                client.UseRedisClustering(redis);
            else
                client.UseStaticClustering([.. gateways.Select(port => new IPEndPoint(IPAddress.Loopback, port))]);
            client.Configure<ClusterOptions>(Identify);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        });
        IHost host = builder.Build();
        using var soon = new CancellationTokenSource(_patience);
        try
        {
            await host.StartAsync(soon.Token);
        }
        catch (OperationCanceledException) when (soon.IsCancellationRequested)
        {
            host.Dispose();
            string where = redis is not null ? $"the list in Redis at {redis}" : string.Join(", ", gateways.Select(port => $"127.0.0.1:{port}"));
            throw new TimeoutException($"No silo answers at {where} in {_patience.TotalSeconds:F0} s: start one with 'Cluster silo', and name its --gateway or --redis.");
        }

        return new Connection(host);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _host.StopAsync(soon.Token);
        _host.Dispose();
    }
}
