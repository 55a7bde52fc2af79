namespace Adversarial.Numerics.Tests;

public class PhiloxTests
{
    // The known answers that the authors of the generator publish with it (Random123, kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0ul, 0ul, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0ul, ~0ul, ~0ul, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x85a308d3243f6a88ul, 0x0370734413198a2eul, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void KnownAnswers(ulong low, ulong high, ulong key, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Block(low, high, key));

    [Fact]
    public unsafe void VectorsEqualTheScalarGenerator()
    {
        uint* words = stackalloc uint[Philox.GroupLength];
        foreach (InstructionSet set in TestData.AllSets)
        {
            using IDisposable forced = Kernels.Force(set);
            foreach (long group in (long[])[0, 1, 0x1FFFFFFF, 0x20000000, long.MaxValue / 32])
            {
                RandomStream stream = new(ulong.MaxValue - 3, 17, 0xFEDCBA9876543210);
                PhiloxVector.Group(Philox.Key(stream), stream.Step, group, words);
                for (int i = 0; i < Philox.GroupLength; i++)
                    Assert.Equal(Philox.Word(stream, group * Philox.GroupLength + i), words[i]);
            }
        }
    }
}
