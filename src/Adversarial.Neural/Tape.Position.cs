namespace Adversarial.Neural;

/// <content>The way back to an earlier place.</content>
public sealed partial class Tape
{
    /// <summary>Where the tape stands, for <see cref="ReturnTo"/>.</summary>
    public TapePosition Position => new(_nodeCount, _entryCount, _arena.Position);

    /// <summary>Forgets the tensors that were made since, and takes their memory back; those from before stay.</summary>
    /// <param name="position">A position of this tape since its last <see cref="Reset"/>.</param>
    public void ReturnTo(in TapePosition position)
    {
        _nodeCount = position.Nodes;
        _entryCount = position.Entries;
        _arena.Release(position.Memory);
    }
}
