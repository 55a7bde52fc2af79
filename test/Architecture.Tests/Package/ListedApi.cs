namespace Architecture.Tests.Package;

/// <summary>Source text of assemblies that show what ML.NET's lists and the list of internals show, and nothing else.</summary>
internal sealed class ListedApi
{
    private const string Folder = "test/MLNet.Embedded.Tests/Data/api/";

    // All that the lists name without a namespace.
    private const string Usings = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Data;
        using System.Data.Common;
        using System.IO;
        using System.Reflection;
        using Microsoft.ML;
        using Microsoft.ML.Calibrators;
        using Microsoft.ML.Data;
        using Microsoft.ML.Runtime;
        using Microsoft.ML.Trainers;
        using Microsoft.ML.Transforms;

        """;

    // So that every using above finds its namespace.
    private const string Namespaces = "namespace Microsoft.ML { namespace Calibrators { } namespace Data { } namespace Runtime { } namespace Trainers { } namespace Transforms { } }";

    // As internals.md has them: they are in no list of what is public.
    private static readonly Dictionary<string, string> _internals = new()
    {
        ["Microsoft.ML.DataView"] = "namespace Microsoft.ML { internal struct Marker { } }",
        ["Microsoft.ML.Core"] = """
            namespace Microsoft.ML
            {
                [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
                internal sealed class LoadableClassAttribute : Attribute
                {
                    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames) { }
                }
                internal delegate void SignatureLoadModel(ModelLoadContext ctx);
                internal sealed class ModelLoadContext : IDisposable
                {
                    public readonly BinaryReader Reader;
                    public void CheckAtModel(VersionInfo ver) => throw null;
                    public void Dispose() => throw null;
                }
                internal readonly struct VersionInfo
                {
                    public VersionInfo(string modelSignature, uint verWrittenCur, uint verReadableCur, uint verWeCanReadBack, string loaderAssemblyName,
                        string loaderSignature = null, string loaderSignatureAlt = null) { }
                }
            }
            """,
        ["Microsoft.ML.Data"] = """
            namespace Microsoft.ML.Data
            {
                internal interface IInternalCatalog { IHostEnvironment Environment => throw null; }
                internal static class CatalogUtils { public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog) => throw null; }
            }
            """,
    };

    // Internal members of public types.
    private static readonly Dictionary<string, string[]> _internalMembers = new()
    {
        ["Microsoft.ML.ModelSaveContext"] = ["field internal readonly BinaryWriter Writer", "method internal void SetVersionInfo(VersionInfo ver)"],
    };

    // Its estimators are in no list.
    private const string LeftOut = "Microsoft.ML.TextCatalog ";

    /// <summary>The assemblies, each after those that it needs.</summary>
    public static IReadOnlyList<string> Assemblies { get; } = ["Microsoft.ML.DataView", "Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.Transforms", "Microsoft.ML.PCA"];

    private readonly Dictionary<string, List<(string Namespace, ListedType Type)>> _types = [];
    private readonly HashSet<string> _classes = [];

    /// <summary>Reads the lists.</summary>
    public ListedApi()
    {
        foreach (string assembly in Assemblies)
            Read(assembly);
    }

    private void Read(string assembly)
    {
        var types = new Dictionary<string, ListedType>();
        foreach (string line in Repository.Lines($"{Folder}{assembly}.txt").Where(line => line[0] != '#' && !line.StartsWith(LeftOut, StringComparison.Ordinal)))
        {
            string[] parts = line.Replace(" [Obsolete]", "").Split(" :: ", 2);
            if (!types.TryGetValue(parts[0], out ListedType? type))
                types.Add(parts[0], type = new ListedType(parts[0]));
            type.Add(parts[1]);
        }

        var outermost = new List<(string, ListedType)>();
        foreach ((string name, ListedType type) in types)
        {
            foreach (string member in _internalMembers.GetValueOrDefault(name, []))
                type.Add(member);
            string around = Around(name);
            if (types.TryGetValue(around, out ListedType? outer))
                outer.Nested.Add(type);
            else
                outermost.Add((around, type));
            if (type.IsClass)
                _classes.Add((outer is null ? "" : outer.ShortName(Around(around)) + '.') + type.ShortName(around).Split('<')[0]);
        }

        _types.Add(assembly, outermost);
    }

    // What stands before the last dot that is not inside angle brackets.
    private static string Around(string name)
    {
        int end = name.IndexOf('<') is >= 0 and var open ? open : name.Length;
        return name[..name.LastIndexOf('.', end - 1)];
    }

    /// <summary>The C# text of one assembly.</summary>
    /// <param name="assembly">One of <see cref="Assemblies"/>.</param>
    /// <param name="friends">Assemblies that may reach what is internal.</param>
    public string ToSource(string assembly, IEnumerable<string> friends)
    {
        IEnumerable<string> attributes = friends.Select(friend => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]")
            .Append("[assembly: AssemblyVersion(\"1.0.0.0\")]");
        IEnumerable<string> types = _types[assembly].GroupBy(entry => entry.Namespace, entry => entry.Type)
            .Select(group => $"namespace {group.Key}\n{{\n{string.Join("\n", group.Select(type => type.ToSource(group.Key, _classes.Contains)))}\n}}");
        return string.Join("\n", [Usings, .. attributes, Namespaces, _internals.GetValueOrDefault(assembly, ""), .. types]);
    }
}
