using System.Security.Cryptography;
using System.Text;

namespace Adversarial.Benchmarks;

/// <summary>
/// A run that a process has begun, so that another one on the same results takes the next. The system ends it with the process, however
/// that ends.
/// </summary>
internal static class Claim
{
    /// <summary>Null where another process has it.</summary>
    public static IDisposable? Try(string results, string run)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "adversarial-papers")).FullName;
        string name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Path.GetFullPath(results)}\n{run}")))[..24];
        try
        {
            return new FileStream(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
