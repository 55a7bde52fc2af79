using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The 256 bytes at the head of a model block: where its parts stand, which version it is, who loads it.</summary>
internal sealed class ModelHeader
{
    internal const int Size = 256;

    private const ulong HeadMark = 0x4C45444F4D004C4DUL; // "ML\0MODEL"
    private const ulong TailMark = 0x4D4C004D4F44454CUL; // "LEDOM\0LM"
    private const uint FormatVersion = 0x00010002;

    internal long ModelSize { get; private set; }

    internal uint VerWritten { get; private set; }

    internal uint VerReadable { get; private set; }

    internal ulong ModelSignature { get; private set; }

    internal string LoaderSignature { get; private set; }

    internal string LoaderSignatureAlt { get; private set; }

    internal string LoaderAssemblyName { get; private set; }

    internal IReadOnlyList<string> Strings { get; private set; }

    internal static void Write(Stream destination, VersionInfo version, MemoryStream model, IReadOnlyList<string> strings)
    {
        long modelEnd = Size + model.Length;
        long[] stringEnds = new long[strings.Count];
        long chars = 0;
        for (int i = 0; i < strings.Count; i++)
            stringEnds[i] = chars += 2L * strings[i].Length;
        long tableSize = 8L * strings.Count;
        byte[] assembly = Encoding.Unicode.GetBytes(version.LoaderAssemblyName ?? "");
        long nameAt = modelEnd + tableSize + chars;
        long tail = nameAt + assembly.Length;

        using var writer = new BinaryWriter(destination, Encoding.Unicode, leaveOpen: true);
        var header = new BinaryWriter(new MemoryStream(new byte[Size]));
        void At(int offset, params long[] values)
        {
            header.BaseStream.Position = offset;
            foreach (long value in values)
                header.Write(value);
        }

        At(0, unchecked((long)HeadMark));
        header.Write(FormatVersion);
        header.Write(FormatVersion);
        At(0x10, Size, model.Length);
        if (strings.Count > 0)
            At(0x20, modelEnd, tableSize, modelEnd + tableSize, chars);
        At(0x40, unchecked((long)version.ModelSignature));
        header.Write(version.VerWrittenCur);
        header.Write(version.VerReadableCur);
        header.Write(Ascii(version.LoaderSignature));
        header.Write(Ascii(version.LoaderSignatureAlt));
        At(0x80, tail, tail + 8);
        if (assembly.Length > 0)
            At(0x90, nameAt, assembly.Length);

        writer.Write(((MemoryStream)header.BaseStream).ToArray());
        writer.Write(model.GetBuffer(), 0, (int)model.Length);
        foreach (long end in stringEnds)
            writer.Write(end);
        foreach (string text in strings)
            writer.Write(Encoding.Unicode.GetBytes(text));
        writer.Write(assembly);
        writer.Write(TailMark);
    }

    /// <summary>Reads the header and leaves the reader at the first byte of the model block.</summary>
    internal static ModelHeader Read(BinaryReader reader)
    {
        Stream stream = reader.BaseStream;
        Errors.CheckDecode(stream.Length >= Size);
        Errors.CheckDecode(reader.ReadUInt64() == HeadMark, "Wrong file type");
        reader.ReadUInt32();
        Errors.CheckDecode(reader.ReadUInt32() <= FormatVersion, "Can't read model file: it is too new");
        long[] words = new long[6];
        for (int i = 0; i < words.Length; i++)
            words[i] = reader.ReadInt64();
        var header = new ModelHeader { ModelSize = words[1] };
        header.ModelSignature = reader.ReadUInt64();
        header.VerWritten = reader.ReadUInt32();
        header.VerReadable = reader.ReadUInt32();
        header.LoaderSignature = FromAscii(reader.ReadBytes(VersionInfo.LoaderSignatureLength));
        header.LoaderSignatureAlt = FromAscii(reader.ReadBytes(VersionInfo.LoaderSignatureLength));
        long tail = reader.ReadInt64();
        Errors.CheckDecode(reader.ReadInt64() == tail + 8);
        long nameAt = reader.ReadInt64();
        long nameSize = reader.ReadInt64();
        Errors.CheckDecode(words[0] == Size && words[1] >= 0 && tail >= Size && tail + 8 <= stream.Length);

        header.Strings = ReadStrings(reader, words, tail);
        header.LoaderAssemblyName = nameSize > 0 ? ReadText(reader, nameAt, nameSize, tail) : null;
        stream.Position = tail;
        Errors.CheckDecode(reader.ReadUInt64() == TailMark);
        stream.Position = Size;
        return header;
    }

    private static string[] ReadStrings(BinaryReader reader, long[] words, long limit)
    {
        long count = words[3] / 8;
        Errors.CheckDecode(count >= 0 && words[2] >= 0 && words[2] + words[3] <= limit);
        var strings = new string[count];
        long start = 0;
        for (int i = 0; i < count; i++)
        {
            reader.BaseStream.Position = words[2] + 8L * i;
            long end = reader.ReadInt64();
            Errors.CheckDecode(end >= start && end <= words[5]);
            strings[i] = ReadText(reader, words[4] + start, end - start, limit);
            start = end;
        }

        return strings;
    }

    private static string ReadText(BinaryReader reader, long offset, long size, long limit)
    {
        Errors.CheckDecode(offset >= 0 && size >= 0 && offset + size <= limit);
        reader.BaseStream.Position = offset;
        return Encoding.Unicode.GetString(reader.ReadBytes((int)size));
    }

    private static byte[] Ascii(string text)
    {
        byte[] bytes = new byte[VersionInfo.LoaderSignatureLength];
        Encoding.ASCII.GetBytes(text ?? "", bytes);
        return bytes;
    }

    private static string FromAscii(byte[] bytes)
    {
        string text = Encoding.ASCII.GetString(bytes).TrimEnd('\0');
        return text.Length == 0 ? null : text;
    }
}
