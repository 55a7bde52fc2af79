namespace Adversarial.Neural;

/// <summary>Updates the parameters of one or several networks by their gradients, with two numbers of its own for each.</summary>
public abstract class Optimizer
{
    private readonly Storage?[] _first;
    private readonly Storage?[] _second;
    private readonly ParameterSet[] _sets;

    /// <summary>Takes the networks, with fresh moments.</summary>
    private protected Optimizer(ReadOnlySpan<Network> networks)
    {
        _sets = new ParameterSet[networks.Length];
        for (int i = 0; i < networks.Length; i++)
            _sets[i] = networks[i].Parameters;
        _first = new Storage?[_sets.Length];
        _second = new Storage?[_sets.Length];
    }

    /// <summary>Number of updates so far.</summary>
    public long Step { get; internal set; }

    /// <summary>The parameters it trains.</summary>
    public ReadOnlySpan<ParameterSet> Parameters => _sets;

    // They take memory from the first update on.
    internal Matrix FirstMoment(int set) => Moment(_first, set);

    internal Matrix SecondMoment(int set) => Moment(_second, set);

    private Matrix Moment(Storage?[] moments, int set) => Matrix.Row(moments[set] ??= _sets[set].Device.Allocate(_sets[set].Count), 0, _sets[set].Count);

    /// <summary>Lets go of the moments: for an optimiser that makes no update any more.</summary>
    public void Release()
    {
        Array.Clear(_first);
        Array.Clear(_second);
    }

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
