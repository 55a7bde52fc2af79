using System.Reflection;

namespace Microsoft.ML.Adversarial;

/// <summary>
/// Lets ML.NET find this assembly by its name, which model files hold, where the run time does not: notebooks and hosts of plug-ins load it from a path.
/// </summary>
internal static class OwnAssembly
{
    private static int _isKnown;

    /// <summary>From now on the name leads to the assembly that is there already.</summary>
    public static void LetBeFound()
    {
        if (Interlocked.Exchange(ref _isKnown, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Find(wanted.Name);
    }

    private static Assembly? Find(string name)
    {
        Assembly own = typeof(OwnAssembly).Assembly;
        return AssemblyName.ReferenceMatchesDefinition(new AssemblyName(name), own.GetName()) ? own : null;
    }
}
