namespace Adversarial.Numerics;

/// <summary>
/// A copy of a layer's weights in the order in which a product reads them, for products of the same weights one after another: the first
/// makes it, the others find it. One product at a time may use it.
/// </summary>
public sealed unsafe class PackedWeights
{
    private readonly PackBuffer _buffer = new();
    private Content? _content;

    /// <summary>Forgets the copy; to be called when the weights have changed.</summary>
    public void Invalidate() => _content = null;

    // What the copy depends on besides the weights' values.
    private readonly record struct Content(InstructionSet Set, bool IsTransposed, int Depth, int Columns);

    /// <summary>Gives a product the copy, or room for one.</summary>
    internal void Lend(ref Product product, InstructionSet set, nuint length)
    {
        product.Copy = _buffer.Reserve(length);
        product.IsCopied = _content == ContentOf(in product, set);
    }

    /// <summary>The product has made the copy.</summary>
    internal void Keep(ref readonly Product product, InstructionSet set) => _content = ContentOf(in product, set);

    private static Content ContentOf(ref readonly Product product, InstructionSet set) =>
        new(set, product.BTransposed, product.Depth, product.Columns);
}
