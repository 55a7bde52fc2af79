using System.Text;

namespace Adversarial.Mutations;

/// <summary>Damage to the bytes of a file as disks, transfers and editors do it, and as somebody does who looks for a weak place.</summary>
internal static class Mutation
{
    private static readonly int[] _integers = [0, 1, -1, 2, 255, 1 << 16, 1 << 24, int.MaxValue, int.MinValue];

    private static readonly float[] _numbers =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue, float.Epsilon, 0, -1, 1e20f];

    private static readonly string[] _digits = ["0", "9", "-", "65536", "99999999", "e9", ".", "1,1,1,1,1,1,1,1", "null", "\"", "]"];

    private static readonly Func<byte[], int, Random, byte[]>[] _kinds =
    [
        FlipBit, SetByte, SetInteger, SetNumber, SetDouble, Truncate, Extend, Cut, Repeat, Exchange, EditDigit,
    ];

    /// <summary>A changed copy; half of the changes fall into the first bytes, where names, options and counts stand.</summary>
    /// <param name="content">At least one byte.</param>
    /// <param name="head">So many bytes are first.</param>
    /// <param name="random">What decides.</param>
    public static byte[] Of(byte[] content, int head, Random random)
    {
        while (true)
        {
            int at = random.Next(random.Next(2) == 0 ? Math.Min(head, content.Length) : content.Length);
            byte[] changed = _kinds[random.Next(_kinds.Length)](content, at, random);
            if (!changed.AsSpan().SequenceEqual(content))
                return changed;
        }
    }

    private static byte[] FlipBit(byte[] content, int at, Random random) =>
        With(content, at, [(byte)(content[at] ^ (1 << random.Next(8)))]);

    private static byte[] SetByte(byte[] content, int at, Random random) =>
        With(content, at, [random.Next(3) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) }]);

    private static byte[] SetInteger(byte[] content, int at, Random random) =>
        With(content, at, BitConverter.GetBytes(_integers[random.Next(_integers.Length)]));

    private static byte[] SetNumber(byte[] content, int at, Random random) =>
        With(content, at, BitConverter.GetBytes(_numbers[random.Next(_numbers.Length)]));

    private static byte[] SetDouble(byte[] content, int at, Random random) =>
        With(content, at, BitConverter.GetBytes((double)_numbers[random.Next(_numbers.Length)] * (random.Next(2) == 0 ? 1 : 1e200)));

    private static byte[] Truncate(byte[] content, int at, Random random) => content[..at];

    private static byte[] Extend(byte[] content, int at, Random random) => [.. content, .. new byte[1 + random.Next(64)]];

    private static byte[] Cut(byte[] content, int at, Random random) => [.. content[..at], .. content[End(content, at, random)..]];

    private static byte[] Repeat(byte[] content, int at, Random random) => [.. content[..End(content, at, random)], .. content[at..]];

    private static byte[] Exchange(byte[] content, int at, Random random)
    {
        int other = random.Next(content.Length);
        byte[] changed = With(content, at, [content[other]]);
        changed[other] = content[at];
        return changed;
    }

    // The first digit from a place on becomes other text, so that options of models stay JSON more often than by chance.
    private static byte[] EditDigit(byte[] content, int at, Random random)
    {
        int digit = content.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit < 0)
            return content;
        string text = _digits[random.Next(_digits.Length)];
        // As long as before where it can be: else the length before the text betrays the change.
        return text.Length == 1 && random.Next(4) > 0
            ? With(content, at + digit, [(byte)text[0]])
            : [.. content[..(at + digit)], .. Encoding.ASCII.GetBytes(text), .. content[(at + digit + 1)..]];
    }

    private static int End(byte[] content, int at, Random random) => Math.Min(content.Length, at + 1 + random.Next(32));

    private static byte[] With(byte[] content, int at, byte[] bytes)
    {
        byte[] changed = [.. content];
        bytes.AsSpan(0, Math.Min(bytes.Length, content.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }
}
