using Orleans.Runtime;

namespace Microsoft.ML.Adversarial.Orleans;

/// <summary>How many of a caller's jobs each silo has: the next one goes where it waits least, also to a silo that has just joined.</summary>
internal sealed class SiloLoads
{
    private readonly object _lock = new();
    private readonly Dictionary<SiloAddress, (int Jobs, int Slots)> _silos = [];
    private int _mostSlots = 1;

    /// <summary>Jobs that all silos run at a time, as far as they have told; at least 1.</summary>
    public int Slots
    {
        get
        {
            lock (_lock)
                return Math.Max(1, _silos.Values.Sum(silo => SlotsOf(silo.Slots)));
        }
    }

    /// <summary>These are the silos now.</summary>
    public void Update(IReadOnlyCollection<SiloAddress> active)
    {
        lock (_lock)
        {
            foreach (SiloAddress gone in _silos.Keys.Except(active).ToArray())
                _silos.Remove(gone);
            foreach (SiloAddress silo in active)
                _silos.TryAdd(silo, default);
        }
    }

    /// <summary>The silo for one job more, which counts from now on; null where none is known.</summary>
    public SiloAddress? Take()
    {
        lock (_lock)
        {
            if (_silos.Count == 0)
                return null;
            SiloAddress least = _silos.MinBy(silo => (silo.Value.Jobs + 1.0) / SlotsOf(silo.Value.Slots)).Key;
            Add(least, 1);
            return least;
        }
    }

    /// <summary>A job is no longer where it was.</summary>
    public void Release(SiloAddress? silo)
    {
        lock (_lock)
            Add(silo, -1);
    }

    /// <summary>A job came up elsewhere than it was to.</summary>
    public void Move(SiloAddress? from, SiloAddress? to)
    {
        if (Equals(from, to))
            return;
        lock (_lock)
        {
            Add(from, -1);
            Add(to, 1);
        }
    }

    /// <summary>A silo has told how many jobs it runs at a time.</summary>
    public void Learn(SiloAddress? silo, int slots)
    {
        lock (_lock)
        {
            _mostSlots = Math.Max(_mostSlots, slots);
            if (silo is not null && _silos.TryGetValue(silo, out (int Jobs, int Slots) known))
                _silos[silo] = (known.Jobs, slots);
        }
    }

    // What a silo has not told yet is taken to be like the others.
    private int SlotsOf(int told) => told > 0 ? told : _mostSlots;

    private void Add(SiloAddress? silo, int jobs)
    {
        if (silo is not null && _silos.TryGetValue(silo, out (int Jobs, int Slots) known))
            _silos[silo] = (Math.Max(0, known.Jobs + jobs), known.Slots);
    }
}
