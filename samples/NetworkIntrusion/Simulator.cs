using System.Globalization;
using System.Runtime.InteropServices;

namespace NetworkIntrusion;

/// <summary>
/// Writes connections in the layout of NSL-KDD. Normal traffic is a mixture of services, each with its own sizes, durations and
/// neighbourhood rates. Attack families, after the kinds that the real set groups:
/// <list type="bullet">
/// <item><c>synflood</c>: many half-open tcp connections (flag S0, error rates near 1, no bytes);</item>
/// <item><c>portscan</c>: rejected connections to many services of one host (flag REJ, different services, no bytes);</item>
/// <item><c>pingflood</c>: icmp echo requests of one size at a high rate;</item>
/// <item><c>guesspassword</c>: telnet and ftp logins that fail again and again;</item>
/// <item><c>exfiltration</c>: a normal-looking session that sends far more than it receives, to a rare service.</item>
/// </list>
/// </summary>
public static class Simulator
{
    private static readonly string[] _attacks = ["synflood", "portscan", "pingflood", "guesspassword", "exfiltration"];

    // Service, protocol, share of normal traffic, typical bytes sent and received, typical seconds.
    private static readonly (string Service, string Protocol, double Share, double Sent, double Received, double Seconds)[] _services =
    [
        ("http", "tcp", 0.55, 250, 3000, 0.2), ("smtp", "tcp", 0.12, 1200, 330, 1.5), ("domain_u", "udp", 0.2, 42, 90, 0.01),
        ("ftp_data", "tcp", 0.06, 9000, 10, 2), ("telnet", "tcp", 0.02, 150, 900, 60), ("ecr_i", "icmp", 0.05, 30, 0, 0.01),
    ];

    /// <summary>Writes a file with header.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="seed">Equal seeds give equal files.</param>
    /// <param name="normal">Number of normal connections.</param>
    /// <param name="attacksPerFamily">Number of attacks of each family.</param>
    public static void Write(string file, int seed, int normal, int attacksPerFamily)
    {
        var random = new Random(seed);
        using var writer = new StreamWriter(file);
        writer.WriteLine("duration,protocol_type,service,flag," + string.Join(',', Enumerable.Range(4, 37).Select(i => $"statistic{i}")) + ",attack,difficulty,label");
        var lines = new List<string>();
        for (int i = 0; i < normal; i++)
            lines.Add(Line(Normal(random), "normal"));
        foreach (string attack in _attacks)
        {
            for (int i = 0; i < attacksPerFamily; i++)
                lines.Add(Line(Attack(random, attack), attack));
        }

        random.Shuffle(CollectionsMarshal.AsSpan(lines));
        lines.ForEach(writer.WriteLine);
    }

    private static string Line(Connection c, string attack) => string.Create(CultureInfo.InvariantCulture,
        $"{c.Duration:F2},{c.Protocol},{c.Service},{c.Flag},{string.Join(',', c.Statistics.Select(v => v.ToString("0.###", CultureInfo.InvariantCulture)))},{attack},0,{(attack == "normal" ? 0 : 1)}");

    private static Connection Normal(Random random)
    {
        double pick = random.NextDouble();
        int service = 0;
        while (service < _services.Length - 1 && (pick -= _services[service].Share) > 0)
            service++;
        var (name, protocol, _, sent, received, seconds) = _services[service];
        var c = new Connection
        {
            Protocol = protocol,
            Service = name,
            Flag = random.NextDouble() < 0.97 ? "SF" : "REJ",
            Duration = LogNormal(random, seconds, 0.8),
        };
        c.Statistics[0] = LogNormal(random, sent, 0.7);
        c.Statistics[1] = LogNormal(random, received, 0.9);
        c.Statistics[7] = protocol == "tcp" && name is "telnet" or "ftp_data" && random.NextDouble() < 0.9 ? 1 : 0;
        Neighbourhood(random, c, count: LogNormal(random, 12, 0.9), errors: c.Flag == "SF" ? 0.02 : 0.3, same: 0.95);
        return c;
    }

    private static Connection Attack(Random random, string family)
    {
        Connection c = Normal(random);
        switch (family)
        {
            case "synflood":
                (c.Protocol, c.Service, c.Flag, c.Duration) = ("tcp", "http", "S0", 0);
                (c.Statistics[0], c.Statistics[1]) = (0, 0);
                Neighbourhood(random, c, LogNormal(random, 150, 0.4), errors: 0.95, same: 0.9);
                break;
            case "portscan":
                (c.Protocol, c.Flag, c.Duration) = ("tcp", "REJ", 0);
                (c.Statistics[0], c.Statistics[1]) = (0, 0);
                Neighbourhood(random, c, LogNormal(random, 100, 0.5), errors: 0.8, same: 0.06);
                break;
            case "pingflood":
                (c.Protocol, c.Service, c.Flag, c.Duration) = ("icmp", "ecr_i", "SF", 0);
                (c.Statistics[0], c.Statistics[1]) = (1032, 0);
                Neighbourhood(random, c, LogNormal(random, 400, 0.2), errors: 0.01, same: 1);
                break;
            case "guesspassword":
                (c.Protocol, c.Service) = ("tcp", random.NextDouble() < 0.7 ? "telnet" : "ftp_data");
                (c.Statistics[6], c.Statistics[7]) = (random.Next(1, 6), 0);
                Neighbourhood(random, c, LogNormal(random, 25, 0.4), errors: 0.4, same: 1);
                break;
            default:
                (c.Statistics[0], c.Statistics[1]) = (LogNormal(random, 200_000, 0.6), LogNormal(random, 200, 0.5));
                c.Duration = LogNormal(random, 300, 0.5);
                break;
        }

        return c;
    }

    // Counts and rates of the connections around this one: columns count .. dst_host_srv_rerror_rate.
    private static void Neighbourhood(Random random, Connection c, double count, double errors, double same)
    {
        float[] s = c.Statistics;
        s[18] = (float)Math.Round(Math.Min(511, count));
        s[19] = (float)Math.Round(s[18] * same);
        for (int i = 20; i <= 23; i++)
            s[i] = Rate(random, errors);
        s[24] = Rate(random, same);
        s[25] = Rate(random, 1 - same);
        s[26] = Rate(random, 0.1);
        s[27] = (float)Math.Round(Math.Min(255, LogNormal(random, 120, 0.6)));
        s[28] = (float)Math.Round(s[27] * Rate(random, same));
        s[29] = Rate(random, same);
        s[30] = Rate(random, 1 - same);
        s[31] = Rate(random, 0.1);
        s[32] = Rate(random, 0.05);
        for (int i = 33; i <= 36; i++)
            s[i] = Rate(random, errors);
    }

    private static float Rate(Random random, double mean) => (float)Math.Round(Math.Clamp(mean + 0.04 * Gaussian(random), 0, 1), 2);

    private static float LogNormal(Random random, double median, double deviation) => (float)(median * Math.Exp(deviation * Gaussian(random)));

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
