using System.Buffers.Binary;
using System.IO.Compression;
using Adversarial.Mutations;

namespace Microsoft.ML.Adversarial.Tests;

/// <summary>The archive of a saved transformer, of which parts are replaced; the lengths and checksums around them are put right.</summary>
internal static class ModelArchive
{
    // Where the head of an entry says at which byte its parts begin, and how long the first of them is.
    private const int BlockStart = 0x10;
    private const int BlockLength = 0x18;
    private const string Entry = "Model.key";

    private static readonly int[] _laterParts = [0x20, 0x30, 0x80, 0x88, 0x90];

    /// <summary>A saved transformer, not in a chain: the archive has one entry of a model.</summary>
    public static byte[] Save(AnomalyDetectorTransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        new MLContext(1).Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    /// <summary>The same archive, the bytes of its model's entry changed.</summary>
    public static byte[] WithEntry(byte[] file, Func<byte[], byte[]> change)
    {
        using var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(file)))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                using var content = new MemoryStream();
                using (Stream from = entry.Open())
                    from.CopyTo(content);
                using Stream to = target.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
                to.Write(entry.FullName.EndsWith(Entry, StringComparison.Ordinal) ? change(content.ToArray()) : content.ToArray());
            }
        }

        return result.ToArray();
    }

    /// <summary>The same archive, what the transformer wrote into its entry changed.</summary>
    public static byte[] WithBlock(byte[] file, Func<byte[], byte[]> change) => WithEntry(file, entry => WithBlockOf(entry, change));

    /// <summary>The same archive, what stands in the transformer's frame changed.</summary>
    public static byte[] WithContent(byte[] file, Func<byte[], byte[]> change) => WithBlock(file, block => Frame.With(block, change(Frame.Content(block))));

    /// <summary>The entry, what the transformer wrote into it changed.</summary>
    public static byte[] WithBlockOf(byte[] entry, Func<byte[], byte[]> change)
    {
        int start = (int)BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(BlockStart));
        int end = start + (int)BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(BlockLength));
        byte[] block = change(entry[start..end]);
        byte[] changed = [.. entry[..start], .. block, .. entry[end..]];
        BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(BlockLength), block.Length);
        foreach (int part in _laterParts)
        {
            long at = BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(part));
            BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(part), at > start ? at + block.Length - (end - start) : at);
        }

        return changed;
    }
}
