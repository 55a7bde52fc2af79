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

    private readonly IHost _host;

    private Connection(IHost host) => _host = host;

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static void Identify(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (Name, Name);

    public static async Task<Connection> OpenAsync(string? redis, params int[] gateways)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
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
        await host.StartAsync();
        return new Connection(host);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _host.StopAsync(soon.Token);
        _host.Dispose();
    }
}
