using Microsoft.ML.Data;

namespace NetworkIntrusion;

/// <summary>A network connection in the layout of NSL-KDD: 41 features, the attack's name, a difficulty that is no feature, the label.</summary>
public sealed class Connection
{
    /// <summary>Seconds.</summary>
    [LoadColumn(0)]
    public float Duration { get; set; }

    /// <summary>tcp, udp or icmp.</summary>
    [LoadColumn(1)]
    public string Protocol { get; set; } = "";

    /// <summary>The service at the destination, for example http.</summary>
    [LoadColumn(2)]
    public string Service { get; set; } = "";

    /// <summary>How the connection ended, for example SF.</summary>
    [LoadColumn(3)]
    public string Flag { get; set; } = "";

    /// <summary>src_bytes to dst_host_srv_rerror_rate: counts and rates of the connection and of those around it.</summary>
    [LoadColumn(4, 40), VectorType(37)]
    public float[] Statistics { get; set; } = new float[37];

    /// <summary>"normal" or the attack's name.</summary>
    [LoadColumn(41)]
    public string Attack { get; set; } = "";

    /// <summary>1 for an attack, 0 for a normal connection.</summary>
    [LoadColumn(43)]
    public float Label { get; set; }
}

/// <summary>What the detector says of a connection.</summary>
public sealed class Verdict
{
    /// <summary>True for an anomaly.</summary>
    public bool PredictedLabel { get; set; }

    /// <summary>Higher is more anomalous.</summary>
    public float Score { get; set; }
}
