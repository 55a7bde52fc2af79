using System.Numerics;
using Adversarial.Neural;
using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Detectors;

/// <summary>
/// Searches the generator's input for what gives rows back, all rows of a block at once, by Adam on each row's own score. It serves one thread.
/// </summary>
/// <remarks>
/// A row's result does not depend on the rows beside it, to the bit: rows are filled up to a power of two, by which the mean over them divides
/// without rounding, and Adam goes by coordinates.
/// </remarks>
internal sealed class LatentSearch
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    // Shares of the steps after which the rate falls, and what is left of it (the code of EGBAD's authors, on KDD99).
    private const double FirstFall = 0.6;
    private const double SecondFall = 0.8;
    private const float LeftAfterFirst = 0.1f;
    private const float LeftAfterSecond = 0.05f;

    private const ulong StartPurpose = (1UL << 61) + 4;

    private readonly IDevice _device;
    private readonly RowNetwork _generator;
    private readonly RowNetwork _discriminator;
    private readonly AnoGanOptions _options;
    private readonly AnoGanSizes _sizes;
    private readonly Tape _tape;
    private readonly float[] _starts;
    private int _capacity;
    private Matrix _rows;
    private Matrix _seen;
    private Matrix _codes;
    private Matrix _gradient;
    private Matrix _residuals;
    private Matrix _differences;
    private Matrix _repeated;
    private Matrix _repeatedSeen;
    private float[] _copies = [];
    private float[] _madeOfStarts = [];
    private float[] _seenOfStarts = [];
    private float[] _judgedOfStarts = [];
    private float[] _z = [];
    private float[] _slope = [];
    private float[] _first = [];
    private float[] _second = [];
    private float[] _found = [];
    private float[] _other = [];
    private float[] _least = [];
    private float[] _before = [];

    public LatentSearch(IDevice device, RowNetwork generator, RowNetwork discriminator, AnoGanOptions options, AnoGanSizes sizes)
    {
        (_device, _generator, _discriminator, _options, _sizes) = (device, generator, discriminator, options, sizes);
        _tape = new Tape(device);
        _starts = new float[options.NumberOfStartPoints * Latent];
        RandomFill.Normal(new RandomStream(0, StartPurpose, 0), 0, _starts.AsSpan(Latent), 0, 1);
    }

    private int Latent => _generator.Inputs;

    private bool MatchesFeatures => _options.Score == AnoGanScore.Features;

    /// <summary>The scores [rows, 1] of rows on a tape that does not record.</summary>
    public Tensor Run(Tensor features)
    {
        int rows = features.Rows, filled = (int)BitOperations.RoundUpToPowerOf2((uint)rows);
        Reserve(filled);
        Matrix x = Part(_rows, filled), seen = Part(_seen, filled);
        _device.Fill(x, 0);
        _device.Add(features.Value, 1, x.Slice(0, rows, 0, x.Columns), accumulate: false);
        _tape.Reset();
        _device.Add(_discriminator.Features(_tape.Over(x)).Value, 1, seen, accumulate: false);
        Array.Clear(_first);
        Array.Clear(_second);
        _least.AsSpan().Fill(float.PositiveInfinity);
        Begin(x, seen);
        for (int step = 0; step < _sizes.SearchSteps; step++)
        {
            Tensor loss = Evaluate(x, seen, out Tensor z);
            _tape.BackwardTo(loss, z, Part(_gradient, filled));
            Move(step, filled);
        }

        Evaluate(x, seen, out _);
        return features.Tape.Constant(_least.AsSpan(0, rows), rows, 1);
    }

    /// <summary>Puts each row's code at the start point that scores least.</summary>
    private void Begin(in Matrix x, in Matrix seen)
    {
        MakeStarts();
        for (int start = 0; start < _options.NumberOfStartPoints; start++)
        {
            ReadOnlySpan<float> point = _starts.AsSpan(start * Latent, Latent);
            _least.AsSpan(0, x.Rows).CopyTo(_before);
            Repeat(_madeOfStarts, start, Part(_repeated, x.Rows));
            Repeat(_seenOfStarts, start, Part(_repeatedSeen, x.Rows));
            if (!MatchesFeatures)
                _other.AsSpan(0, x.Rows).Fill(_judgedOfStarts[start]);
            Keep(x, Part(_repeated, x.Rows), seen, Part(_repeatedSeen, x.Rows));
            for (int r = 0; r < x.Rows; r++)
            {
                if (start == 0 || _least[r] < _before[r])
                    point.CopyTo(_z.AsSpan(r * Latent, Latent));
            }
        }
    }

    // What the start points give is the same for all blocks.
    private void MakeStarts()
    {
        if (_madeOfStarts.Length > 0)
            return;
        int points = _options.NumberOfStartPoints;
        (_madeOfStarts, _seenOfStarts, _judgedOfStarts) = (new float[points * _generator.Outputs], new float[points * _discriminator.FeatureWidth], new float[points]);
        for (int start = 0; start < points; start++)
        {
            _tape.Reset();
            Tensor made = _generator.Forward(_tape.Constant(_starts.AsSpan(start * Latent, Latent), 1, Latent)), hidden = _discriminator.Features(made);
            _device.Download(made.Value, _madeOfStarts.AsSpan(start * _generator.Outputs, _generator.Outputs));
            _device.Download(hidden.Value, _seenOfStarts.AsSpan(start * _discriminator.FeatureWidth, _discriminator.FeatureWidth));
            _device.Download(RowScores.CrossEntropy(_discriminator.Output(hidden)).Value, _judgedOfStarts.AsSpan(start, 1));
        }
    }

    // One generated row stands beside all rows.
    private void Repeat(float[] rows, int row, in Matrix place)
    {
        int width = place.Columns;
        if (_copies.Length < place.Rows * width)
            _copies = new float[place.Rows * width];
        for (int r = 0; r < place.Rows; r++)
            rows.AsSpan(row * width, width).CopyTo(_copies.AsSpan(r * width));
        _device.Upload(_copies.AsSpan(0, place.Rows * width), place);
    }

    /// <summary>Scores all rows at their codes, keeps the least, and gives the sum of their scores.</summary>
    private Tensor Evaluate(in Matrix x, in Matrix seen, out Tensor z)
    {
        _tape.Reset();
        _device.Upload(_z.AsSpan(0, x.Rows * Latent), Part(_codes, x.Rows));
        z = _tape.Over(Part(_codes, x.Rows));
        Tensor made = _generator.Forward(z), hidden = _discriminator.Features(made);
        Tensor? logits = MatchesFeatures ? null : _discriminator.Output(hidden);
        if (logits is { } output)
            _device.Download(RowScores.CrossEntropy(output).Value, _other.AsSpan(0, x.Rows));
        Keep(x, made.Value, seen, hidden.Value);
        Tensor residual = (x.Rows * (float)x.Columns * (1 - _options.FeatureWeight)) * MeanAbsoluteError(made, _tape.Over(x));
        Tensor second = logits is { } judged
            ? (x.Rows * _options.FeatureWeight) * BinaryCrossEntropyWithLogits(judged, 1)
            : (x.Rows * (float)seen.Columns * _options.FeatureWeight) * MeanAbsoluteError(hidden, _tape.Over(seen));
        return residual + second;
    }

    // Scores rows by what was made for them, and keeps what is less than before; of the cross entropy the second term is there already.
    private void Keep(in Matrix x, in Matrix made, in Matrix seen, in Matrix hidden)
    {
        _device.RowDistance(x, made, Part(_residuals, x.Rows), euclidean: false);
        _device.Download(Part(_residuals, x.Rows), _found.AsSpan(0, x.Rows));
        if (MatchesFeatures)
        {
            _device.RowDistance(seen, hidden, Part(_differences, x.Rows), euclidean: false);
            _device.Download(Part(_differences, x.Rows), _other.AsSpan(0, x.Rows));
        }

        float w = _options.FeatureWeight;
        for (int r = 0; r < x.Rows; r++)
        {
            float score = (1 - w) * _found[r] + w * _other[r];
            if (!(score >= _least[r]))
                _least[r] = score;
        }
    }

    /// <summary>One step of Adam on the codes.</summary>
    private void Move(int step, int rows)
    {
        int count = rows * Latent;
        double done = step / (double)_sizes.SearchSteps;
        float rate = _sizes.SearchRate * (done < FirstFall ? 1 : done < SecondFall ? LeftAfterFirst : LeftAfterSecond);
        float first = 1 - MathF.Pow(Beta1, step + 1), second = 1 - MathF.Pow(Beta2, step + 1);
        _device.Download(Part(_gradient, rows), _slope.AsSpan(0, count));
        for (int i = 0; i < count; i++)
        {
            float slope = _slope[i];
            _first[i] = Beta1 * _first[i] + (1 - Beta1) * slope;
            _second[i] = Beta2 * _second[i] + (1 - Beta2) * slope * slope;
            _z[i] -= rate * (_first[i] / first) / (MathF.Sqrt(_second[i] / second) + Epsilon);
        }
    }

    private void Reserve(int rows)
    {
        if (rows <= _capacity)
            return;
        _capacity = rows;
        Matrix Make(int columns) => new(_device.Allocate(rows * columns), 0, rows, columns, columns);
        (_rows, _seen, _codes, _gradient) = (Make(_generator.Outputs), Make(_discriminator.FeatureWidth), Make(Latent), Make(Latent));
        (_repeated, _repeatedSeen) = (Make(_generator.Outputs), Make(_discriminator.FeatureWidth));
        (_residuals, _differences) = (Make(1), Make(1));
        (_z, _slope, _first, _second) = (new float[rows * Latent], new float[rows * Latent], new float[rows * Latent], new float[rows * Latent]);
        (_found, _other, _least, _before) = (new float[rows], new float[rows], new float[rows], new float[rows]);
    }

    private static Matrix Part(in Matrix all, int rows) => all.Slice(0, rows, 0, all.Columns);
}
