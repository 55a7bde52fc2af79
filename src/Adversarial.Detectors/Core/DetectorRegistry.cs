namespace Adversarial.Detectors;

/// <summary>All methods. A new one adds its line here and nothing else outside its folder.</summary>
public static class DetectorRegistry
{
    private static readonly List<DetectorDescriptor> _all =
    [
        Da3dDetector.Description,
        AladDetector.Description,
        ArnDetector.Description,
        AnoEanDetector.Description,
        AutoencoderDetector.Description,
        AnoGanDetector.Description,
        FAnoGanDetector.Description,
        EgbadDetector.Description,
        GanomalyDetector.Description,
        FenceGanDetector.Description,
        DagmmDetector.Description,
        DsebmDetector.EnergyDescription,
        DsebmDetector.ReconstructionDescription,
        A3Detector.Description,
        VaeDetector.Description,
        AdversarialAutoencoderDetector.Description,
        DeepSvddDetector.Description,
        RepenDetector.Description,
        KNearestNeighborsDetector.Description,
        IsolationForestDetector.Description,
        GaussianMixtureDetector.Description,
        LocalOutlierFactorDetector.Description,
        OneClassSvmDetector.Description,
        CostSensitiveSvmDetector.Description,
        CommitteeDetector.Description,
    ];

    /// <summary>The registered methods.</summary>
    public static IReadOnlyList<DetectorDescriptor> All => _all;

    /// <summary>The method of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static DetectorDescriptor Get(string name) =>
        _all.Find(descriptor => string.Equals(descriptor.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no method '{name}'; there are: {string.Join(", ", _all.Select(d => d.Name))}.", nameof(name));

    /// <summary>The method whose options are of this class or a base class of it.</summary>
    public static DetectorDescriptor For(DetectorOptions options) =>
        _all.Find(descriptor => descriptor.OptionsType.IsInstanceOfType(options))
        ?? throw new ArgumentException($"No method is registered for options of {options.GetType()}.", nameof(options));
}
