namespace Adversarial.Neural;

/// <summary>A trainable function with a name and one <see cref="ParameterSet"/>.</summary>
public abstract class Network
{
    /// <summary>Makes a network on a device; a derived class adds its layers and then calls <see cref="Complete"/>.</summary>
    protected Network(IDevice device, string name)
    {
        Name = name;
        Parameters = new ParameterSet(device);
    }

    /// <summary>The name under which a checkpoint keeps the parameters.</summary>
    public string Name { get; }

    /// <summary>All parameters.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Draws the initial weights; biases become zero.</summary>
    public abstract void Initialize(NoiseSource noise);

    /// <summary>Allocates the parameters once all layers are known.</summary>
    protected void Complete() => Parameters.Seal();
}
