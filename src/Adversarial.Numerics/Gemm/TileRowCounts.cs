namespace Adversarial.Numerics;

/// <summary>
/// The rows of a tile, as a type. A tile of n rows carries the marks of all smaller numbers too: the runtime decides a test for a
/// mark while it reads the method, which it would not do for a comparison of numbers.
/// </summary>
internal interface IRows
{
    static abstract int Count { get; }
}

internal interface IRows2 : IRows;

internal interface IRows3 : IRows2;

internal interface IRows4 : IRows3;

internal interface IRows5 : IRows4;

internal interface IRows6 : IRows5;

internal interface IRows7 : IRows6;

internal interface IRows8 : IRows7;

internal readonly struct Rows1 : IRows
{
    public static int Count => 1;
}

internal readonly struct Rows2 : IRows2
{
    public static int Count => 2;
}

internal readonly struct Rows3 : IRows3
{
    public static int Count => 3;
}

internal readonly struct Rows4 : IRows4
{
    public static int Count => 4;
}

internal readonly struct Rows5 : IRows5
{
    public static int Count => 5;
}

internal readonly struct Rows6 : IRows6
{
    public static int Count => 6;
}

internal readonly struct Rows7 : IRows7
{
    public static int Count => 7;
}

internal readonly struct Rows8 : IRows8
{
    public static int Count => 8;
}
