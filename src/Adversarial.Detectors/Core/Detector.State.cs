using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <content>What a model file keeps.</content>
public abstract partial class Detector
{
    private protected const int ProbedRows = 8;

    internal void SaveState(BinaryWriter writer)
    {
        writer.Write(Columns);
        writer.Write(Threshold);
        Scaling.Save(writer);
        SaveCalibration(writer);
        SaveMap(writer);
        OutOfRangeGuard.Save(_guard, writer);
        ReferenceScores.Save(_reference, writer);
        TrainingSummary.Save(Summary, writer);
        SaveModel(writer);
    }

    /// <summary>Reads what <see cref="SaveState"/> wrote behind the number of columns.</summary>
    /// <param name="reader">The content, behind the options and the number of columns.</param>
    /// <param name="version">The file's format: from 2 on it holds the guard, from 3 on the scores of held-out rows, from 4 on a summary of the training rows.</param>
    /// <exception cref="FormatException">It is of another detector, or no detector could have it.</exception>
    /// <exception cref="EndOfStreamException">It is truncated.</exception>
    internal void LoadState(BinaryReader reader, int version)
    {
        Threshold = ContentReading.Require(reader.ReadSingle(), value => !float.IsNaN(value), "The threshold of the model", "a number");
        FeatureScaling scaling = FeatureScaling.Load(reader, Columns, version, Options.Images);
        LoadCalibration(reader);
        LoadMap(reader);
        _guard = version < 2 ? null : OutOfRangeGuard.Load(reader, scaling);
        _reference = version < 3 ? null : ReferenceScores.Load(reader);
        Summary = version < 4 ? null : TrainingSummary.Load(reader, Columns);
        LoadModel(reader, Probes(scaling));
        _scaling = scaling;
    }

    private protected void SetScaling(FeatureScaling scaling) => _scaling = scaling;

    /// <summary>Bytes that a model file has at least behind the scaling, known from the options alone.</summary>
    internal virtual long LeastModelLength => 0;

    /// <summary>Bytes that a model file has there at most, but for some small ones; the options bound what the rows decide.</summary>
    internal virtual long MostModelLength => LeastModelLength;

    /// <summary>Writes what is learned.</summary>
    private protected abstract void SaveModel(BinaryWriter writer);

    /// <summary>Reads what <see cref="SaveModel"/> wrote.</summary>
    /// <param name="reader">The content.</param>
    /// <param name="probes">Some scaled rows in the training rows' range, all of which a sound model gives a finite score.</param>
    /// <exception cref="FormatException">No fit could have given it.</exception>
    private protected abstract void LoadModel(BinaryReader reader, float[] probes);

    /// <summary>Writes what scoring needs besides: what was learned after the model itself.</summary>
    protected internal virtual void SaveCalibration(BinaryWriter writer)
    {
    }

    /// <summary>Reads what <see cref="SaveCalibration"/> wrote.</summary>
    protected internal virtual void LoadCalibration(BinaryReader reader)
    {
    }

    /// <summary>Writes what is usually left of each pixel, where the method maps anomalies.</summary>
    internal virtual void SaveMap(BinaryWriter writer)
    {
    }

    /// <summary>Reads what <see cref="SaveMap"/> wrote.</summary>
    internal virtual void LoadMap(BinaryReader reader)
    {
    }

    // Scaled rows in the training rows' range: its ends, the mean, and some drawn ones.
    private float[] Probes(FeatureScaling scaling)
    {
        var shares = new float[(ProbedRows - 3) * Columns];
        RandomFill.Uniform(new RandomStream(0, 0, 0), 0, shares, 0, 1);
        var probes = new float[ProbedRows * Columns];
        scaling.Apply(scaling.Low.Span, probes.AsSpan(0, Columns));
        scaling.Apply(scaling.High.Span, probes.AsSpan(Columns, Columns));
        scaling.Apply(scaling.Mean.Span, probes.AsSpan(2 * Columns, Columns));
        for (int i = 0; i < shares.Length; i++)
            probes[3 * Columns + i] = float.Lerp(probes[i % Columns], probes[Columns + i % Columns], shares[i]);
        return probes;
    }
}
