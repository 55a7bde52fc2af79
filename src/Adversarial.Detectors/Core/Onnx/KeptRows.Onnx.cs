using Adversarial.Neural;
using Adversarial.Numerics;

namespace Adversarial.Detectors;

/// <content>Kept rows as a part of an ONNX graph.</content>
internal sealed partial class KeptRows
{
    /// <summary>Writes the squared distances [N, count] of rows from the kept ones, in double precision: in it |q|² - 2 q x + |x|² loses no digit that a float has.</summary>
    public OnnxValue WriteSquaredDistances(OnnxGraph graph, OnnxValue rows)
    {
        double[] columnwise = new double[Values.Length], squares = new double[Count];
        for (int r = 0; r < Count; r++)
        {
            squares[r] = Reductions.SumOfSquares(this[r]);
            for (int c = 0; c < Columns; c++)
                columnwise[c * Count + r] = -2.0 * this[r][c];
        }

        OnnxValue wide = graph.Cast(rows, OnnxType.Double);
        OnnxValue products = graph.Add("MatMul", [wide, graph.Constant(columnwise, Columns, Count)]);
        OnnxValue sum = graph.Sum(graph.Sum(products, graph.Constant(squares, 1, Count)), graph.ReduceColumns("ReduceSumSquare", wide));
        return graph.Add("Max", [sum, graph.Scalar(0, OnnxType.Double)]);
    }

    /// <summary>Writes the distances [N, neighbors] of rows from the nearest kept ones, and the places of these.</summary>
    public (OnnxValue Lengths, OnnxValue Places) WriteNearest(OnnxGraph graph, OnnxValue rows, int neighbors)
    {
        OnnxValue[] nearest = graph.AddMany("TopK", [OnnxType.Double, OnnxType.Int64], [WriteSquaredDistances(graph, rows), graph.Constant([(long)neighbors], 1)],
            OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("largest", 0), OnnxAttribute.Of("sorted", 1));
        return (graph.Add("Sqrt", [nearest[0]]), nearest[1]);
    }
}
