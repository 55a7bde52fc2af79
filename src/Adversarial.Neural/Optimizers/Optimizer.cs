namespace Adversarial.Neural;

/// <summary>Updates the parameters of one or several networks by their gradients, with two numbers of its own for each.</summary>
public abstract class Optimizer
{
    private readonly Storage[] _first;
    private readonly Storage[] _second;
    private readonly ParameterSet[] _sets;

    /// <summary>Takes the networks, with fresh moments.</summary>
    private protected Optimizer(ReadOnlySpan<Network> networks)
    {
        _sets = new ParameterSet[networks.Length];
        for (int i = 0; i < networks.Length; i++)
            _sets[i] = networks[i].Parameters;
        _first = Array.ConvertAll(_sets, set => set.Device.Allocate(set.Count));
        _second = Array.ConvertAll(_sets, set => set.Device.Allocate(set.Count));
    }

    /// <summary>Number of updates so far.</summary>
    public long Step { get; internal set; }

    /// <summary>The parameters it trains.</summary>
    public ReadOnlySpan<ParameterSet> Parameters => _sets;

    internal Matrix FirstMoment(int set) => Matrix.Row(_first[set], 0, _sets[set].Count);

    internal Matrix SecondMoment(int set) => Matrix.Row(_second[set], 0, _sets[set].Count);

    /// <summary>Updates the parameters by the gradients that stand in their sets.</summary>
    public void Update()
    {
        Step++;
        Apply();
    }

    private protected abstract void Apply();

    /// <summary>Backward pass of <paramref name="loss"/> and one update.</summary>
    public void Minimize(Tensor loss)
    {
        loss.Tape.Backward(loss, _sets);
        Update();
    }
}
