using Adversarial.Neural;

namespace Adversarial.Detectors;

/// <content>Trees as a part of an ONNX graph.</content>
internal sealed partial class IsolationTree
{
    /// <summary>Writes the sum of the path lengths of rows over trees, [N, 1].</summary>
    public static OnnxValue Write(OnnxGraph graph, OnnxValue rows, IsolationTree[] trees)
    {
        var all = trees.SelectMany((tree, index) => tree._nodes.Select((node, place) => (Tree: (long)index, Place: (long)place, Node: node))).ToArray();
        var leaves = Array.FindAll(all, entry => entry.Node.Feature == Leaf);
        bool IsCut(Node node) => node.Feature != Leaf;
        return graph.AddMachineLearning("TreeEnsembleRegressor", [rows],
            OnnxAttribute.Of("n_targets", 1),
            OnnxAttribute.Integers("nodes_treeids", [.. all.Select(entry => entry.Tree)]),
            OnnxAttribute.Integers("nodes_nodeids", [.. all.Select(entry => entry.Place)]),
            OnnxAttribute.Texts("nodes_modes", [.. all.Select(entry => IsCut(entry.Node) ? "BRANCH_LEQ" : "LEAF")]),
            OnnxAttribute.Integers("nodes_featureids", [.. all.Select(entry => IsCut(entry.Node) ? (long)entry.Node.Feature : 0)]),
            OnnxAttribute.Singles("nodes_values", [.. all.Select(entry => IsCut(entry.Node) ? entry.Node.Value : 0)]),
            OnnxAttribute.Integers("nodes_truenodeids", [.. all.Select(entry => IsCut(entry.Node) ? entry.Place + 1 : 0)]),
            OnnxAttribute.Integers("nodes_falsenodeids", [.. all.Select(entry => IsCut(entry.Node) ? (long)entry.Node.Right : 0)]),
            OnnxAttribute.Integers("target_treeids", [.. leaves.Select(entry => entry.Tree)]),
            OnnxAttribute.Integers("target_nodeids", [.. leaves.Select(entry => entry.Place)]),
            OnnxAttribute.Integers("target_ids", [.. leaves.Select(_ => 0L)]),
            OnnxAttribute.Singles("target_weights", [.. leaves.Select(entry => entry.Node.Value)]));
    }
}
