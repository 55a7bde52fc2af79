using Adversarial.Numerics;
using static Adversarial.Neural.Functions;

namespace Adversarial.Neural.Tests;

/// <summary>A tape that goes back to an earlier place.</summary>
public class TapePositionTests
{
    private const int Rows = 6;
    private const int Inputs = 4;

    private static readonly CpuDevice _device = new();

    [Fact]
    public void What_comes_after_has_the_gradients_of_a_tape_of_its_own()
    {
        Mlp network = TestNetworks.Make(_device, "network", Inputs, 3);
        var tape = new Tape(_device);
        Tensor Input() => tape.Normal(Rows, Inputs, new RandomStream(1, 2, 3));

        tape.Backward(MeanSquare(network.Forward(Input())), network.Parameters);
        float[] alone = TestNetworks.Gradients(network);

        tape.Reset();
        Tensor x = Input();
        TapePosition before = tape.Position;
        tape.Backward(Mean(network.Forward(x)), network.Parameters);
        tape.ReturnTo(before);
        tape.Backward(MeanSquare(network.Forward(x)), network.Parameters);
        Assert.Equal(alone, TestNetworks.Gradients(network));
    }

    [Fact]
    public void Memory_of_what_is_forgotten_is_used_again()
    {
        var tape = new Tape(_device);
        tape.Allocate(3, 5);
        TapePosition before = tape.Position;
        Matrix first = tape.Allocate(Rows, Inputs).Value;
        tape.Allocate(1 << 10, 1 << 8);
        tape.ReturnTo(before);
        Matrix second = tape.Allocate(Rows, Inputs).Value;
        Assert.Same(first.Storage, second.Storage);
        Assert.Equal(first.Offset, second.Offset);
    }
}
