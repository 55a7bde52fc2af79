namespace Adversarial.Neural;

/// <summary>A place on a <see cref="Tape"/>: <see cref="Tape.ReturnTo"/> goes back to it.</summary>
public readonly struct TapePosition
{
    internal TapePosition(int nodes, int entries, Arena.Mark memory) => (Nodes, Entries, Memory) = (nodes, entries, memory);

    internal int Nodes { get; }

    internal int Entries { get; }

    internal Arena.Mark Memory { get; }
}
