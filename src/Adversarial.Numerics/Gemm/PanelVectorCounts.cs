namespace Adversarial.Numerics;

/// <summary>The vectors of a panel, as a type; marked like <see cref="IRows"/>.</summary>
internal interface IVectors
{
    static abstract int Count { get; }
}

internal interface IVectors2 : IVectors;

internal interface IVectors3 : IVectors2;

internal readonly struct Vectors1 : IVectors
{
    public static int Count => 1;
}

internal readonly struct Vectors2 : IVectors2
{
    public static int Count => 2;
}

internal readonly struct Vectors3 : IVectors3
{
    public static int Count => 3;
}
