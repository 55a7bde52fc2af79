namespace Adversarial.Neural;

/// <content>Mixtures of Gaussians.</content>
public sealed partial class OnnxGraph
{
    /// <summary>-log sum_k exp(offset_k - |W_k (point - mean_k)|² / 2) of each point, [N, 1] in double precision.</summary>
    /// <param name="points">The points, [N, dimension].</param>
    /// <param name="offsets">A number for each component.</param>
    /// <param name="means">Their means, one behind the other.</param>
    /// <param name="roots">Their matrices W, row by row, or where these are diagonal their diagonals.</param>
    /// <param name="dimension">Numbers of a point.</param>
    public OnnxValue MixtureEnergy(OnnxValue points, double[] offsets, double[] means, double[] roots, int dimension)
    {
        int components = offsets.Length, d = dimension;
        OnnxValue wide = Reshape(Cast(points, OnnxType.Double), 1, -1, d);
        OnnxValue centred = Difference(wide, Constant(means, components, 1, d));
        OnnxValue whitened = roots.Length == means.Length
            ? Product(centred, Constant(roots, components, 1, d))
            : Add("MatMul", [centred, Constant(Transposed(roots, d), components, d, d)]);
        OnnxValue squares = Add("ReduceSumSquare", [whitened], OnnxAttribute.Integers("axes", 2), OnnxAttribute.Of("keepdims", 1));
        OnnxValue logs = Sum(Scale(squares, -0.5), Constant(offsets, components, 1, 1));
        OnnxAttribute[] overComponents = [OnnxAttribute.Integers("axes", 0), OnnxAttribute.Of("keepdims", 1)];
        OnnxValue largest = Add("ReduceMax", [logs], overComponents);
        OnnxValue sum = Add("ReduceSum", [Add("Exp", [Difference(logs, largest)])], overComponents);
        return Reshape(Add("Neg", [Sum(largest, Add("Log", [sum]))]), -1, 1);
    }

    // Rows are multiplied from the right.
    private static double[] Transposed(double[] roots, int d)
    {
        var transposed = new double[roots.Length];
        for (int i = 0; i < roots.Length; i++)
            transposed[i / (d * d) * d * d + i % d * d + i / d % d] = roots[i];
        return transposed;
    }
}
