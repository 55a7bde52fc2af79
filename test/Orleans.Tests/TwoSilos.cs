using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace ClusterTests;

/// <summary>Two silos and a client in this process.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    private const string Name = "two-silos";

    private readonly List<IHost> _hosts = [];

    public IClusterClient Client { get; private set; } = null!;

    public TemporaryFolder Folder { get; } = new();

    public async ValueTask InitializeAsync()
    {
        int[] ports = FreePorts.Take(4);
        for (int i = 0; i < 2; i++)
        {
            (int port, int gateway) = (ports[2 * i], ports[2 * i + 1]);
            await StartAsync(builder => builder.UseOrleans(silo => silo
                .UseLocalhostClustering(port, gateway, new IPEndPoint(IPAddress.Loopback, ports[0]), Name, Name)
                .Configure<SiloOptions>(options => options.SiloName = $"silo {port}")
                .AddAnomalyDetection(options => (options.JobsAtATime, options.Folders) = (1, [Folder.Path]))));
        }

        IHost client = await StartAsync(builder => builder.UseOrleansClient(orleans => orleans.UseLocalhostClustering([ports[1], ports[3]], Name, Name)));
        Client = client.Services.GetRequiredService<IClusterClient>();
    }

    private async Task<IHost> StartAsync(Action<HostApplicationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        configure(builder);
        IHost host = builder.Build();
        await host.StartAsync();
        _hosts.Add(host);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IHost host in Enumerable.Reverse(_hosts))
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await host.StopAsync(soon.Token);
            }
            catch (OperationCanceledException)
            {
                // Whoever waits for the others to leave in order waits long.
            }

            host.Dispose();
        }

        Folder.Dispose();
    }
}

/// <summary>A folder that is gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cluster").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
