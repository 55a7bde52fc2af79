using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <summary>A uniform sample of all rows that the generator has made since training began (reservoir sampling).</summary>
internal sealed class GenerationHistory(int columns)
{
    private const int Capacity = 8192;
    private const int TakenAStep = 16;

    private readonly float[] _rows = new float[Capacity * columns];
    private readonly float[] _taken = new float[TakenAStep * columns];
    private float[] _draws = [];
    private float[] _batch = [];
    private long _seen;

    /// <summary>Takes some of the rows of this step in.</summary>
    public void Add(TrainingStep step, Tensor made)
    {
        int count = Math.Min(TakenAStep, made.Rows);
        made.Tape.Device.Download(made.SliceRows(0, count).Value, _taken.AsSpan(0, count * columns));
        Span<float> draws = stackalloc float[TakenAStep];
        RandomFill.Uniform(step.Noise.Next(), 0, draws, 0, 1);
        for (int i = 0; i < count; i++)
        {
            long place = _seen < Capacity ? _seen : (long)(draws[i] * (double)(_seen + 1));
            _seen++;
            if (place < Capacity)
                _taken.AsSpan(i * columns, columns).CopyTo(_rows.AsSpan((int)place * columns));
        }
    }

    /// <summary>Rows drawn from the history with replacement; there is at least one once <see cref="Add"/> was called.</summary>
    public Tensor Draw(TrainingStep step, int count)
    {
        if (_draws.Length < count)
        {
            _draws = new float[count];
            _batch = new float[count * columns];
        }

        int kept = (int)Math.Min(_seen, Capacity);
        RandomFill.Uniform(step.Noise.Next(), 0, _draws.AsSpan(0, count), 0, 1);
        for (int i = 0; i < count; i++)
        {
            int row = Math.Min((int)(_draws[i] * kept), kept - 1);
            _rows.AsSpan(row * columns, columns).CopyTo(_batch.AsSpan(i * columns));
        }

        return step.Tape.Constant(_batch.AsSpan(0, count * columns), count, columns);
    }
}
