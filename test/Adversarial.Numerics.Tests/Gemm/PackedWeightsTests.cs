namespace Adversarial.Numerics.Tests;

/// <summary>Products that share a copy of their weights give the bits of those that do not.</summary>
public class PackedWeightsTests
{
    public static TheoryData<InstructionSet> Sets => GemmTests.Sets;

    // Wide and narrow panels, with and without ragged ends; too few rows or columns for a copy; more than a copy may hold.
    private static readonly (int Rows, int Inputs, int Outputs)[] _shapes =
        [(300, 385, 129), (200, 100, 257), (513, 40, 125), (200, 700, 301), (3, 385, 129), (120, 9, 5), (130, 1100, 1000)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void AProductThatFindsACopyEqualsOneThatMakesIt(InstructionSet set)
    {
        using WorkerGang gang = new(3);
        foreach ((int rows, int inputs, int outputs) in _shapes)
        {
            GemmCase layer = new(rows, inputs, outputs);
            float[] forward = layer.Forward(set, Activation.LeakyRelu(0.2f)), gradient = layer.InputGradient(set);
            PackedWeights ahead = new(), back = new();
            foreach (WorkerGang threads in (WorkerGang[])[WorkerGang.Single, gang, gang, WorkerGang.Single])
            {
                string what = $"{set} {rows}x{inputs}x{outputs} {threads.Threads} threads";
                TestData.SameBits(forward, layer.Forward(set, Activation.LeakyRelu(0.2f), packed: ahead, gang: threads), what);
                TestData.SameBits(gradient, layer.InputGradient(set, packed: back, gang: threads), what);
            }

            ahead.Invalidate();
            back.Invalidate();
            TestData.SameBits(forward, layer.Forward(set, Activation.LeakyRelu(0.2f), packed: ahead, gang: gang), $"{set} made by three threads");
            TestData.SameBits(gradient, layer.InputGradient(set, packed: back, gang: gang), $"{set} made by three threads");
        }
    }

    [Fact]
    public void ACopyIsUsedUntilItIsInvalidated()
    {
        GemmCase layer = new(300, 385, 129);
        PackedWeights packed = new();
        float[] before = layer.Forward(Kernels.Best, Activation.Identity, packed: packed);
        Array.Fill(layer.W, 1);
        TestData.SameBits(before, layer.Forward(Kernels.Best, Activation.Identity, packed: packed), "the copy");
        packed.Invalidate();
        float[] after = layer.Forward(Kernels.Best, Activation.Identity, packed: packed);
        TestData.SameBits(layer.Forward(InstructionSet.Reference, Activation.Identity), after, "the weights");
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void ACopyForOtherVectorsOrAnotherProductIsMadeAnew()
    {
        GemmCase layer = new(300, 385, 129);
        PackedWeights packed = new();
        float[] forward = layer.Forward(InstructionSet.Reference, Activation.Identity), gradient = layer.InputGradient(InstructionSet.Reference);
        foreach (InstructionSet set in (InstructionSet[])[InstructionSet.Vector128, InstructionSet.Vector256, InstructionSet.Vector512, InstructionSet.Reference])
        {
            TestData.SameBits(forward, layer.Forward(set, Activation.Identity, packed: packed), $"{set} forward");
            TestData.SameBits(gradient, layer.InputGradient(set, packed: packed), $"{set} gradient");
        }
    }
}
