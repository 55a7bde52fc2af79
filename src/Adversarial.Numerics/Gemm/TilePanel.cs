namespace Adversarial.Numerics;

/// <summary>A panel of B, one to three vectors wide, and all that the micro-kernel needs to know beside A and C.</summary>
internal unsafe struct TilePanel
{
    /// <summary>The panel's first element; vectors are read whole, so a panel at the edge is packed and padded.</summary>
    public float* B;

    /// <summary>From one step of the depth to the next in B.</summary>
    public nint BStep;

    /// <summary>From one row of the tile to the next in A.</summary>
    public nint ARow;

    /// <summary>From one step of the depth to the next in A; 0 where A is packed tile by tile, the row stride then being the depth.</summary>
    public nint AStep;

    /// <summary>From one row to the next in C.</summary>
    public nint CRow;

    /// <summary>Steps of the depth.</summary>
    public int Depth;

    /// <summary>The columns of the last vector that exist in C, at least 1.</summary>
    public int Last;

    /// <summary>Room for the last vectors of a tile's rows, where C has less.</summary>
    public float* Ragged;

    /// <summary>Whether the sums go on from what stands in C.</summary>
    public bool Load;

    /// <summary>The factors of the panel's columns, padded to whole vectors, where the finish multiplies them.</summary>
    public float* Scale;

    /// <summary>The bias of the panel's columns, padded to whole vectors, where the finish adds one.</summary>
    public float* Bias;

    /// <summary>The leaky rectifier's slope.</summary>
    public float Slope;

    /// <summary>The activated values that belong to the panel's columns of C, from the block's first row on, or null.</summary>
    public float* Activated;

    /// <summary>From one row to the next of the activated values.</summary>
    public nint ActivatedRow;
}
