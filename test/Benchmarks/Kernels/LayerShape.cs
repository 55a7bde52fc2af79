namespace Adversarial.Benchmarks;

/// <summary>A dense layer as the methods use it.</summary>
/// <param name="Network">The method and network.</param>
/// <param name="Rows">The batch.</param>
/// <param name="Inputs">The layer's inputs.</param>
/// <param name="Outputs">The layer's outputs.</param>
internal readonly record struct LayerShape(string Network, int Rows, int Inputs, int Outputs)
{
    public double Flop => 2.0 * Rows * Inputs * Outputs;

    /// <summary>The layers of the shipped methods.</summary>
    public static IEnumerable<LayerShape> All =>
    [
        .. Chain("da3d-alarm", [384, 512, 1536], 385, 1000, 500, 200, 75, 1),
        .. Chain("autoencoder", [512], 122, 150, 100, 70, 40, 25, 10, 25, 40, 70, 100, 150, 122),
        .. Chain("critic", [384, 512, 1536], 10, 40, 20, 10, 5, 1),
        .. Chain("mammography-ae", [128, 384], 6, 12, 10, 8, 6, 3, 2),
        .. Chain("mammography-alarm", [128, 384], 39, 100, 50, 25, 10, 1),
        .. Chain("alad-generator", [50, 100], 32, 64, 128, 121),
        .. Chain("alad-encoder", [50, 100], 121, 64, 32),
        .. Chain("alad-critic", [50, 100], 121, 128, 1),
        .. Chain("alad-critic-xz", [50, 100], 256, 128, 1),
        .. Chain("alad-critic-xx", [50, 100], 242, 128, 1),
        .. Chain("anoean", [200], 121, 128, 64, 32, 8),
        .. Chain("arn", [1024], 122, 128, 256, 512, 128, 64, 32, 16, 1),
    ];

    /// <summary>A shape from its text, rows x inputs x outputs.</summary>
    public static LayerShape Parse(string text)
    {
        int[] sizes = [.. text.Split('x').Select(int.Parse)];
        return new("given", sizes[0], sizes[1], sizes[2]);
    }

    private static IEnumerable<LayerShape> Chain(string network, int[] batches, params int[] widths)
    {
        foreach (int rows in batches)
        {
            for (int i = 0; i + 1 < widths.Length; i++)
                yield return new(network, rows, widths[i], widths[i + 1]);
        }
    }
}
