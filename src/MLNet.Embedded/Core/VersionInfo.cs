namespace Microsoft.ML;

/// <summary>What a component writes at the head of its model: who it is, which version, and who can load it.</summary>
internal readonly struct VersionInfo
{
    internal const int SignatureLength = 8;
    internal const int LoaderSignatureLength = 24;

    public readonly ulong ModelSignature;
    public readonly uint VerWrittenCur;
    public readonly uint VerReadableCur;
    public readonly uint VerWeCanReadBack;
    public readonly string LoaderAssemblyName;
    public readonly string LoaderSignature;
    public readonly string LoaderSignatureAlt;

    public VersionInfo(string modelSignature, uint verWrittenCur, uint verReadableCur, uint verWeCanReadBack, string loaderAssemblyName,
        string loaderSignature = null, string loaderSignatureAlt = null)
    {
        ModelSignature = EncodeSignature(modelSignature);
        VerWrittenCur = verWrittenCur;
        VerReadableCur = verReadableCur;
        VerWeCanReadBack = verWeCanReadBack;
        LoaderAssemblyName = loaderAssemblyName;
        LoaderSignature = CheckLoader(loaderSignature);
        LoaderSignatureAlt = CheckLoader(loaderSignatureAlt);
    }

    private static ulong EncodeSignature(string signature)
    {
        if (signature == null || signature.Length != SignatureLength || signature.Any(c => c is < ' ' or > '\x7e'))
            throw new ArgumentOutOfRangeException(nameof(signature), "Model signature must be eight printable characters");
        ulong code = 0;
        for (int i = SignatureLength - 1; i >= 0; i--)
            code = (code << 8) | (signature[i] == ' ' ? 0UL : signature[i]);
        return code;
    }

    private static string CheckLoader(string signature)
    {
        if (signature != null && (signature.Length > LoaderSignatureLength || signature.Any(c => c is < ' ' or > '\x7e')))
            throw new ArgumentOutOfRangeException(nameof(signature), "A loader signature has at most 24 printable characters");
        return signature;
    }
}
