using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Adversarial.Orleans;

namespace Orleans.Hosting;

/// <summary>Makes a silo one that fits and scores detectors.</summary>
public static class DetectorSiloBuilderExtensions
{
    /// <summary>Lets the silo take the jobs of <see cref="DetectorClusterExtensions"/>.</summary>
    /// <param name="builder">The silo, whose clustering is set elsewhere.</param>
    /// <param name="configure">Sets the options; null leaves them as they are.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public static ISiloBuilder AddAnomalyDetection(this ISiloBuilder builder, Action<DetectorSiloOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new DetectorSiloOptions();
        configure?.Invoke(options);
        options.Validate();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<JobContext>();
        return builder;
    }
}
