namespace Adversarial.Numerics.Tests;

/// <summary>All vector paths against the plain loops: the same chain of multiply-adds, hence the same bits.</summary>
public class GemmTests
{
    // 1 - exp(-y), the slope of the softplus, loses digits where y is small; it multiplies sums of some tens.
    private const float LostDigits = 1e-5f;

    public static TheoryData<InstructionSet> Sets => new(InstructionSet.Vector128, InstructionSet.Vector256, InstructionSet.Vector512);

    private static readonly (int Rows, int Inputs, int Outputs)[] _shapes = [.. Shapes()];

    private static IEnumerable<(int Rows, int Inputs, int Outputs)> Shapes()
    {
        for (int n = 1; n <= 40; n++)
        {
            yield return (7, 5, n);
            yield return (n, 9, 19);
            yield return (5, n, 11);
            yield return (n, n, n);
            yield return (n, 3, 41 - n);
        }

        yield return (385, 300, 75);
        yield return (200, 513, 50);
        yield return (61, 75, 1);
        yield return (513, 40, 25);
        yield return (50, 257, 129);

        // Deep sums in several blocks; factors that are copied in groups of tiles, at once or in blocks of rows.
        yield return (97, 1030, 130);
        yield return (70, 130, 260);
        yield return (300, 400, 257);
        yield return (2, 64, 256);
        yield return (3, 110, 300);
        yield return (100, 64, 128);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void ForwardEqualsTheReference(InstructionSet set)
    {
        foreach ((int rows, int inputs, int outputs) in _shapes)
        {
            GemmCase layer = new(rows, inputs, outputs);
            foreach (Activation activation in (Activation[])[Activation.Identity, Activation.Relu, Activation.LeakyRelu(0.2f), Activation.LeakyRelu(1.5f)])
            {
                for (int flags = 0; flags < 16; flags++)
                {
                    bool bias = (flags & 1) != 0, mask = (flags & 2) != 0, accumulate = (flags & 4) != 0, scale = (flags & 8) == 0;
                    TestData.SameBits(
                        layer.Forward(InstructionSet.Reference, activation, bias, mask, accumulate, scale: scale),
                        layer.Forward(set, activation, bias, mask, accumulate, scale: scale),
                        $"{set} {rows}x{inputs}x{outputs} {activation.Kind} flags {flags}");
                    if (rows > 100)
                        break;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void ForwardWithCurvedActivationsIsNearTheReference(InstructionSet set)
    {
        foreach ((int rows, int inputs, int outputs) in _shapes)
        {
            GemmCase layer = new(rows, inputs, outputs);
            foreach (Activation activation in (Activation[])[Activation.Sigmoid, Activation.Tanh, Activation.Exp, Activation.Softplus])
            {
                TestData.Near(
                    layer.Forward(InstructionSet.Reference, activation, mask: true), layer.Forward(set, activation, mask: true),
                    1e-6f, 1e-7f, $"{set} {rows}x{inputs}x{outputs} {activation.Kind}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void InputGradientEqualsTheReference(InstructionSet set)
    {
        Activation?[] activations =
            [null, Activation.Identity, Activation.Relu, Activation.LeakyRelu(0.1f), Activation.Sigmoid, Activation.Tanh, Activation.Exp, Activation.Softplus];
        foreach ((int rows, int inputs, int outputs) in _shapes)
        {
            GemmCase layer = new(rows, inputs, outputs);
            foreach (Activation? activation in activations)
            {
                for (int flags = 0; flags < 4; flags++)
                {
                    bool mask = (flags & 1) != 0, accumulate = (flags & 2) != 0;
                    TestData.Near(
                        layer.InputGradient(InstructionSet.Reference, accumulate, activation, mask),
                        layer.InputGradient(set, accumulate, activation, mask),
                        activation?.Kind >= ActivationKind.Sigmoid ? 1e-6f : 0, activation?.Kind == ActivationKind.Softplus ? LostDigits : 0, $"{set} {rows}x{inputs}x{outputs} {activation} flags {flags}");
                    if (rows > 100)
                        break;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void WeightGradientEqualsTheReference(InstructionSet set)
    {
        foreach ((int rows, int inputs, int outputs) in _shapes)
        {
            GemmCase layer = new(rows, inputs, outputs);
            foreach (bool accumulate in (bool[])[false, true])
            {
                TestData.SameBits(
                    layer.WeightGradient(InstructionSet.Reference, accumulate), layer.WeightGradient(set, accumulate),
                    $"{set} {rows}x{inputs}x{outputs} accumulate {accumulate}");
            }
        }
    }

    [Fact]
    public void AnyNumberOfThreadsGivesTheSameBits()
    {
        using WorkerGang two = new(2), three = new(3);
        foreach ((int rows, int inputs, int outputs) in (ReadOnlySpan<(int, int, int)>)[(385, 300, 75), (257, 301, 141), (200, 700, 301), (1024, 128, 256), (513, 40, 25), (64, 31, 7)])
        {
            GemmCase layer = new(rows, inputs, outputs);
            InstructionSet set = Kernels.Best;
            foreach (WorkerGang gang in (WorkerGang[])[two, three])
            {
                TestData.SameBits(
                    layer.Forward(set, Activation.Tanh, mask: true), layer.Forward(set, Activation.Tanh, mask: true, gang: gang), "forward");
                TestData.SameBits(
                    layer.InputGradient(set, true, Activation.Tanh, true), layer.InputGradient(set, true, Activation.Tanh, true, gang), "input");
                TestData.SameBits(layer.WeightGradient(set), layer.WeightGradient(set, gang: gang), "weights");
            }
        }
    }

    [Theory]
    [InlineData(40, 25)]
    [InlineData(122, 150)]
    [InlineData(300, 3)]
    [InlineData(75, 1)]
    public void ARowsResultDoesNotDependOnItsNeighbours(int inputs, int outputs)
    {
        const int Rows = 200;
        float[] x = TestData.Floats(Rows * inputs, 1), w = TestData.Floats(inputs * outputs, 2), y = new float[Rows * outputs];
        float[] alone = new float[outputs];
        foreach (Activation activation in (Activation[])[Activation.Relu, Activation.Sigmoid, Activation.Tanh])
        {
            Forward(x, y, Rows);
            for (int r = 0; r < Rows; r++)
            {
                int count = 1 + r % 14;
                if (r + count > Rows)
                    break;
                float[] part = new float[count * outputs];
                Forward(x.AsSpan(r * inputs), part, count);
                TestData.SameBits(y.AsSpan(r * outputs, count * outputs), part, $"{count} rows from {r}");
                Forward(x.AsSpan(r * inputs), alone, 1);
                TestData.SameBits(y.AsSpan(r * outputs, outputs), alone, $"row {r} alone");
            }

            void Forward(ReadOnlySpan<float> from, Span<float> to, int rows) => Adversarial.Numerics.Gemm.Forward(
                from, inputs, w, outputs, default, to, outputs, rows, inputs, outputs, activation, default, 1, WorkerGang.Single);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void CopiedBlocksOfAnyDepthStayInTheirPlace(InstructionSet set)
    {
        // Depths just short of a whole number of blocks, where rounding must not make one deeper than the copy has room for.
        foreach ((int rows, int inputs) in ((int, int)[])[(1151, 256), (1535, 400), (767, 256), (1023, 192)])
        {
            GemmCase layer = new(rows, inputs, 257);
            TestData.SameBits(layer.WeightGradient(InstructionSet.Reference), layer.WeightGradient(set), $"{set} {rows}x{inputs}");
        }
    }

    [Fact]
    public void NothingToSumLeavesBiasAndActivation()
    {
        foreach (InstructionSet set in TestData.AllSets)
        {
            GemmCase layer = new(5, 0, 9);
            TestData.SameBits(layer.Forward(InstructionSet.Reference, Activation.Relu), layer.Forward(set, Activation.Relu), set.ToString());
            GemmCase empty = new(0, 4, 9);
            TestData.SameBits(empty.WeightGradient(InstructionSet.Reference), empty.WeightGradient(set), set.ToString());
        }
    }

    [Fact]
    public void WrongSizesAreRefused()
    {
        float[] a = new float[10];
        Assert.Throws<ArgumentException>(() => Adversarial.Numerics.Gemm.Forward(
            a, 5, a, 2, default, new float[3], 2, 2, 5, 2, Activation.Identity, default, 1, WorkerGang.Single));
        Assert.Throws<ArgumentException>(() => Adversarial.Numerics.Gemm.Forward(
            a, 4, a, 2, default, new float[4], 2, 2, 5, 2, Activation.Identity, default, 1, WorkerGang.Single));
        Assert.Throws<ArgumentException>(() => Adversarial.Numerics.Gemm.Forward(
            a, 5, a, 2, new float[1], new float[4], 2, 2, 5, 2, Activation.Identity, default, 1, WorkerGang.Single));
    }
}
