using Adversarial.Numerics;

namespace Adversarial.Neural.Tests;

/// <summary>
/// One run of a device's operation, with the same numbers on every device. What it leaves is all memory, the gaps between rows and what lies around the
/// matrices too: nothing may be written but the result.
/// </summary>
internal sealed class DeviceRun(IDevice device)
{
    private const int Before = 5;
    private const int Gap = 3;

    private readonly List<Storage> _memories = [];
    private readonly List<double> _numbers = [];

    public IDevice Device { get; } = device;

    /// <summary>A matrix with gaps between its rows.</summary>
    public Matrix Gapped(int rows, int columns, float low = -1, float high = 1) => Make(rows, columns, columns + Gap, low, high);

    /// <summary>A matrix without gaps, of more than one matrix in its memory.</summary>
    public Matrix Dense(int rows, int columns, float low = -1, float high = 1) => Make(rows, columns, columns, low, high);

    /// <summary>One row.</summary>
    public Matrix Row(int columns, float low = -1, float high = 1) => Dense(1, columns, low, high);

    /// <summary>A mask that keeps about two thirds; its words are the device's own affair.</summary>
    public DropoutMask Mask(int rows, int columns)
    {
        int stride = Dropout.MaskStride(columns);
        var bits = new Matrix(Device.Allocate(rows * stride), 0, rows, stride, stride);
        Device.DrawMask(bits, columns, 0.65f, Stream());
        return new DropoutMask(bits, 1 / 0.65f);
    }

    public RandomStream Stream() => new(99, 7, (ulong)_memories.Count);

    /// <summary>A number that the operation gave.</summary>
    public void Note(double number) => _numbers.Add(number);

    /// <summary>All numbers that the run has left.</summary>
    public double[] Result()
    {
        foreach (Storage memory in _memories)
        {
            var values = new float[memory.Length];
            Device.Download(Matrix.Row(memory, 0, memory.Length), values);
            _numbers.AddRange(values.Select(value => (double)value));
        }

        return [.. _numbers];
    }

    private Matrix Make(int rows, int columns, int stride, float low, float high)
    {
        int length = Before + rows * stride + Before;
        Storage memory = Device.Allocate(length);
        _memories.Add(memory);
        var values = new float[length];
        RandomFill.Uniform(new RandomStream(17, 3, (ulong)_memories.Count), 0, values, low, high);
        Device.Upload(values, Matrix.Row(memory, 0, length));
        return new Matrix(memory, Before, rows, columns, stride);
    }
}
