using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(PcaModelParameters), null, typeof(SignatureLoadModel), "PCA Anomaly Executor",
    PcaModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers;

/// <summary>A mean and the leading directions around it; the score is the share of the distance that they do not explain.</summary>
public sealed class PcaModelParameters : ModelParametersBase<float>, IValueMapper
{
    internal const string LoaderSignature = "pcaAnomExec";

    private readonly float[] _mean;
    private readonly float[][] _eigenvectors;
    private readonly double _meanNorm2;
    private readonly double[] _meanProjections;

    // A null mean stands for a model around the origin.
    internal PcaModelParameters(float[][] eigenvectors, float[] mean)
    {
        _eigenvectors = eigenvectors;
        _mean = mean;
        if (eigenvectors.Any(vector => vector.Any(float.IsNaN)))
        {
            throw Errors.Param("eigenVectors", "The learnt eigenvectors contained NaN values, consider modifying the dataset " +
                "or lower the rank or oversampling parameters");
        }
        _meanProjections = new double[eigenvectors.Length];
        if (mean == null)
            return;
        _meanNorm2 = Dot(mean, mean);
        for (int k = 0; k < eigenvectors.Length; k++)
            _meanProjections[k] = Dot(eigenvectors[k], mean);
    }

    VectorDataViewType IValueMapper.InputType => new(NumberDataViewType.Single, Dimension);

    private int Dimension => _eigenvectors[0].Length;

    public void GetEigenVectors(ref VBuffer<float>[] vectors, out int rank)
    {
        rank = _eigenvectors.Length;
        if (vectors == null || vectors.Length < rank)
            Array.Resize(ref vectors, rank);
        for (int k = 0; k < rank; k++)
            VBuffer<float>.Copy(_eigenvectors[k], 0, ref vectors[k], Dimension);
    }

    public void GetMean(ref VBuffer<float> mean) => VBuffer<float>.Copy(_mean ?? new float[Dimension], 0, ref mean, Dimension);

    internal static PcaModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ctx.CheckAtModel(GetVersionInfo());
        BinaryReader reader = ctx.Reader;
        Errors.CheckDecode(reader.ReadInt32() == sizeof(float));
        int dimension = reader.ReadInt32();
        int rank = reader.ReadInt32();
        Errors.CheckDecode(rank > 0 && dimension >= rank);
        float[] mean = reader.ReadBoolean() ? ReadFloats(reader, dimension) : null;
        var eigenvectors = new float[rank][];
        for (int k = 0; k < rank; k++)
            eigenvectors[k] = ReadFloats(reader, dimension);
        return new PcaModelParameters(eigenvectors, mean);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(GetVersionInfo());
        BinaryWriter writer = ctx.Writer;
        writer.Write(sizeof(float));
        writer.Write(Dimension);
        writer.Write(_eigenvectors.Length);
        writer.Write(_mean != null);
        foreach (float value in (_mean ?? []).Concat(_eigenvectors.SelectMany(vector => vector)))
            writer.Write(value);
    }

    float IValueMapper.Score(in VBuffer<float> features)
    {
        // The state of the caller is wrong, not an argument: that is how ML.NET reports it.
        if (features.Length != Dimension)
            throw new InvalidOperationException();

        ReadOnlySpan<float> values = features.GetValues();
        ReadOnlySpan<int> indices = features.GetIndices();
        bool dense = features.IsDense;
        double norm2 = dense ? 0 : _meanNorm2;
        for (int i = 0; i < values.Length; i++)
        {
            double center = _mean == null ? 0 : _mean[dense ? i : indices[i]];
            double distance = values[i] - center;
            norm2 += distance * distance - (dense ? 0 : center * center);
        }

        double explained = 0;
        for (int k = 0; k < _eigenvectors.Length; k++)
        {
            float[] vector = _eigenvectors[k];
            double projection = -_meanProjections[k];
            for (int i = 0; i < values.Length; i++)
                projection += (double)vector[dense ? i : indices[i]] * values[i];
            explained += projection * projection;
        }
        return (float)Math.Sqrt(Math.Max(0, norm2 - explained) / norm2);
    }

    private static double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }

    private static float[] ReadFloats(BinaryReader reader, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = reader.ReadSingle();
        return values;
    }

    private static VersionInfo GetVersionInfo() =>
        new("PCA ANOM", 0x00010001, 0x00010001, 0x00010001, typeof(PcaModelParameters).Assembly.FullName, LoaderSignature);
}
