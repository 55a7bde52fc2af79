using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Adversarial.Numerics;

/// <summary>Images to rows of patches (im2row) and back (row2im), a line of the small image at a time.</summary>
internal static unsafe class Patches
{
    /// <summary>Copies are made in vectors, and may go over their end by less than one.</summary>
    public const int Slack = 8;

    /// <summary>Copies an image into the middle of its padding, which is zero already.</summary>
    public static void Pad(float* image, nint row, in ConvolutionShape shape, float* padded)
    {
        int width = shape.Columns.Input, channels = shape.InputChannels, line = shape.Columns.Padded * channels;
        float* to = padded + (nint)shape.Rows.Before * line + shape.Columns.Before * channels;
        for (int y = 0; y < shape.Rows.Input; y++, to += line, image += width * row)
        {
            if (row == channels)
            {
                new ReadOnlySpan<float>(image, width * channels).CopyTo(new Span<float>(to, width * channels));
                continue;
            }

            for (int x = 0; x < width; x++)
                new ReadOnlySpan<float>(image + x * row, channels).CopyTo(new Span<float>(to + x * channels, channels));
        }
    }

    /// <summary>The patches of one line of the small image, one behind another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* padded, in ConvolutionShape shape, int line, float* patches)
    {
        int channels = shape.InputChannels, piece = shape.Columns.Window * channels, window = shape.Rows.Window;
        nint width = (nint)shape.Columns.Padded * channels, step = (nint)shape.Columns.Stride * channels;
        padded += line * shape.Rows.Stride * width;
        for (int x = shape.Columns.Output; x > 0; x--, padded += step)
        {
            float* from = padded;
            for (int ky = window; ky > 0; ky--, from += width, patches += piece)
            {
                // What goes over the end is written again by the next piece.
                Vector256.Store(Vector256.Load(from), patches);
                for (int k = Slack; k < piece; k += Slack)
                    Vector256.Store(Vector256.Load(from + k), patches + k);
            }
        }
    }

    /// <summary>Adds the patches of one line of the small image to the padded image, in the order of the window's places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(float* patches, in ConvolutionShape shape, int line, float* padded)
    {
        int channels = shape.InputChannels, piece = shape.Columns.Window * channels, window = shape.Rows.Window;
        nint width = (nint)shape.Columns.Padded * channels, step = (nint)shape.Columns.Stride * channels;
        padded += line * shape.Rows.Stride * width;
        for (int x = shape.Columns.Output; x > 0; x--, padded += step)
        {
            float* to = padded;
            for (int ky = window; ky > 0; ky--, to += width, patches += piece)
                PixelRuns.Add(patches, to, piece);
        }
    }

    /// <summary>Takes an image out of its padding, each channel times its factor plus its summand: both may be none.</summary>
    public static void Crop(float* padded, in ConvolutionShape shape, float* scale, float* bias, bool accumulate, float* image, nint row)
    {
        int width = shape.Columns.Input, channels = shape.InputChannels, line = shape.Columns.Padded * channels;
        float* from = padded + (nint)shape.Rows.Before * line + shape.Columns.Before * channels;
        for (int y = 0; y < shape.Rows.Input; y++, from += line, image += width * row)
        {
            if (row == channels && scale == null && bias == null)
            {
                if (accumulate)
                    PixelRuns.Add(from, image, width * channels);
                else
                    new ReadOnlySpan<float>(from, width * channels).CopyTo(new Span<float>(image, width * channels));
                continue;
            }

            for (int x = 0; x < width; x++)
                Crop(from + x * channels, channels, scale, bias, accumulate, image + x * row);
        }
    }

    private static void Crop(float* pixel, int channels, float* scale, float* bias, bool accumulate, float* to)
    {
        for (int c = 0; c < channels; c++)
        {
            float value = accumulate ? to[c] + pixel[c] : pixel[c];
            to[c] = scale == null && bias == null ? value
                : MathF.FusedMultiplyAdd(value, scale == null ? 1 : scale[c], bias == null ? 0 : bias[c]);
        }
    }
}
