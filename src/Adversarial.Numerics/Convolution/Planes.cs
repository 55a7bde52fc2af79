using System.Runtime.CompilerServices;

namespace Adversarial.Numerics;

/// <summary>The scattering of patches where the large image has few channels: plane by plane, each of the window's pixels for whole lines.</summary>
internal static unsafe class Planes
{
    /// <summary>
    /// Adds some lines' patches [patch length, rows] to the padded planes. The last pixel of the window comes first: so a pixel's sum goes
    /// through the window's places in ascending order, as it does where patches are rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(float* patches, nint rows, in ConvolutionShape shape, int firstLine, int lines, float* planes)
    {
        int channels = shape.InputChannels, line = shape.Columns.Output;
        nint width = shape.Columns.Padded, plane = shape.Rows.Padded * width, step = shape.Rows.Stride * width;
        planes += firstLine * step;
        for (int ky = shape.Rows.Window - 1; ky >= 0; ky--)
        {
            for (int kx = shape.Columns.Window - 1; kx >= 0; kx--)
            {
                for (int c = 0; c < channels; c++)
                {
                    float* from = patches + ((ky * shape.Columns.Window + kx) * channels + c) * rows, to = planes + c * plane + ky * width + kx;
                    for (int y = lines; y > 0; y--, from += line, to += step)
                        PixelRuns.Add(from, to, line);
                }
            }
        }
    }

    /// <summary>Takes an image out of its padded planes, each channel times its factor plus its summand: both may be none.</summary>
    public static void Crop(float* planes, in ConvolutionShape shape, float* scale, float* bias, bool accumulate, float* image, nint row)
    {
        int channels = shape.InputChannels;
        nint width = shape.Columns.Padded, plane = shape.Rows.Padded * width;
        float* from = planes + shape.Rows.Before * width + shape.Columns.Before;
        for (int y = 0; y < shape.Rows.Input; y++, from += width)
        {
            for (int x = 0; x < shape.Columns.Input; x++, image += row)
            {
                for (int c = 0; c < channels; c++)
                {
                    float value = accumulate ? image[c] + from[c * plane + x] : from[c * plane + x];
                    image[c] = scale == null && bias == null ? value
                        : MathF.FusedMultiplyAdd(value, scale == null ? 1 : scale[c], bias == null ? 0 : bias[c]);
                }
            }
        }
    }
}
