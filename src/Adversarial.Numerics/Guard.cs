using System.Diagnostics.CodeAnalysis;

namespace Adversarial.Numerics;

/// <summary>The entry checks; past them the kernels work on raw pointers and check nothing.</summary>
internal static class Guard
{
    public static void Sizes(int rows, int columns)
    {
        if ((rows | columns) < 0)
            ThrowNegative();
    }

    public static void Matrix(int length, int stride, int rows, int columns, string name)
    {
        if (rows == 0 || columns == 0)
            return;
        if (stride < columns)
            ThrowStride(name, stride, columns);
        if (length < (long)(rows - 1) * stride + columns)
            ThrowShort(name, length, (long)(rows - 1) * stride + columns);
    }

    public static void Mask(int length, int rows, int columns)
    {
        if (length != 0)
            Length(length, (long)rows * Dropout.MaskStride(columns), "mask");
    }

    public static void Length(int length, long needed, string name)
    {
        if (length < needed)
            ThrowShort(name, length, needed);
    }

    public static void Same(int length, int expected, string name)
    {
        if (length != expected)
            ThrowDifferent(name, length, expected);
    }

    public static void Same(bool right, string message)
    {
        if (!right)
            throw new ArgumentException(message);
    }

    [DoesNotReturn]
    private static void ThrowNegative() => throw new ArgumentException("A matrix has a negative number of rows or columns.");

    [DoesNotReturn]
    private static void ThrowStride(string name, int stride, int columns) =>
        throw new ArgumentException($"The row stride {stride} is less than the {columns} columns.", name);

    [DoesNotReturn]
    private static void ThrowShort(string name, int length, long needed) =>
        throw new ArgumentException($"{length} elements given, {needed} needed.", name);

    [DoesNotReturn]
    private static void ThrowDifferent(string name, int length, int expected) =>
        throw new ArgumentException($"{length} elements given, {expected} expected.", name);
}
