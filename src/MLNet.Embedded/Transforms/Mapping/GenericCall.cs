using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method with type arguments that are known only at run time.</summary>
internal static class GenericCall
{
    internal static TResult Invoke<TResult>(Type declaring, object target, string method, Type[] types, params object[] arguments)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
        MethodInfo definition = declaring.GetMethod(method, Any);
        return (TResult)definition.MakeGenericMethod(types).Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
