namespace Adversarial.Neural;

/// <summary>Settings of Adadelta (Zeiler 2012, arXiv:1212.5701). The defaults are those of Keras before version 3 of its API.</summary>
/// <param name="LearningRate">Factor of each step, above 0; the paper has none, which is 1.</param>
/// <param name="Rho">Decay of both averages of squares, in [0, 1).</param>
/// <param name="Epsilon">Added to both under their roots, positive.</param>
public readonly record struct AdadeltaSettings(float LearningRate = 1, float Rho = 0.95f, float Epsilon = 1e-7f);

/// <summary>Adadelta over the parameters of one or several networks: steps in the parameters' own unit, whatever the loss is measured in.</summary>
public sealed class Adadelta : Optimizer
{
    /// <summary>Makes an optimiser with fresh averages.</summary>
    public Adadelta(AdadeltaSettings settings, params ReadOnlySpan<Network> networks)
        : base(networks) => Settings = settings;

    /// <summary>The settings; the learning rate may change between steps.</summary>
    public AdadeltaSettings Settings { get; set; }

    private protected override void Apply()
    {
        for (int i = 0; i < Parameters.Length; i++)
        {
            ParameterSet set = Parameters[i];
            set.Device.Adadelta(set.Values, set.Gradients, FirstMoment(i), SecondMoment(i), Settings);
        }
    }
}
