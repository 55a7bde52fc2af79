using Adversarial.Numerics;

namespace Adversarial.Neural;

public static partial class Functions
{
    /// <summary>
    /// A draw from each group of columns as from the categories that its logits stand for (straight-through Gumbel softmax; Jang, Gu and
    /// Poole 2017): 1 for the drawn column and 0 for the others. Columns of no group become sigmoids of themselves. The gradient is that
    /// of the soft draw, softmax((logits + Gumbel noise) / temperature).
    /// </summary>
    /// <param name="logits">The logits, [rows, columns].</param>
    /// <param name="groups">The groups, of as many columns.</param>
    /// <param name="temperature">The temperature, positive; the lower, the closer the soft draw is to the hard one and the noisier its gradient.</param>
    /// <param name="stream">The random stream of the noise.</param>
    /// <param name="hard">Whether the result is the hard draw; else it is the soft one.</param>
    /// <returns>The draw, [rows, columns].</returns>
    /// <exception cref="ArgumentException">The groups are of another number of columns, or the temperature is not positive.</exception>
    public static Tensor SampleCategories(Tensor logits, ColumnGroups groups, float temperature, RandomStream stream, bool hard = true) =>
        CategoryOperation.Apply(logits, groups, temperature, stream, hard);

    /// <summary>
    /// The same without noise: the likeliest column of each group, or with <paramref name="hard"/> false the softmax of
    /// logits / temperature; sigmoids elsewhere.
    /// </summary>
    /// <param name="logits">The logits, [rows, columns].</param>
    /// <param name="groups">The groups, of as many columns.</param>
    /// <param name="temperature">The temperature, positive.</param>
    /// <param name="hard">Whether the result is 1 for the likeliest column of a group and 0 for the others.</param>
    /// <returns>The categories, [rows, columns].</returns>
    /// <exception cref="ArgumentException">The groups are of another number of columns, or the temperature is not positive.</exception>
    public static Tensor Categories(Tensor logits, ColumnGroups groups, float temperature = 1, bool hard = false) =>
        CategoryOperation.Apply(logits, groups, temperature, stream: null, hard);
}
