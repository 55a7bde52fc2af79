using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Copies an assembly and makes the listed types and members public in the copy.</summary>
public class PublicizeMembers : Task
{
    [Required]
    public string Source { get; set; }

    [Required]
    public string Target { get; set; }

    [Required]
    public string Members { get; set; }

    /// <summary>All references of the project: writing a default value of an enumeration needs the assembly that declares it.</summary>
    [Required]
    public string[] References { get; set; }

    /// <summary>Path of Mono.Cecil, loaded here because a task compiled in memory has no probing folder.</summary>
    [Required]
    public string Cecil { get; set; }

    public override bool Execute()
    {
        // A package's files are older than any copy of them, whatever its version: their times alone do not tell.
        string stamp = Target + ".source";
        string origin = string.Join(" ", Path.GetFullPath(Source), File.GetLastWriteTimeUtc(Source).Ticks, File.GetLastWriteTimeUtc(Members).Ticks);
        if (File.Exists(Target) && File.Exists(stamp) && File.ReadAllText(stamp) == origin)
            return true;
        ResolveEventHandler resolve = (_, request) =>
            new AssemblyName(request.Name).Name == "Mono.Cecil" ? Assembly.LoadFrom(Cecil) : null;
        AppDomain.CurrentDomain.AssemblyResolve += resolve;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Target));
            Publicizer.Run(Source, Target, References.Select(Path.GetDirectoryName).Distinct(), File.ReadAllLines(Members).Where(line => line.Length > 0 && line[0] != '#'));
            File.WriteAllText(stamp, origin);
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyResolve -= resolve;
        }

        return true;
    }

    private static class Publicizer
    {
        public static void Run(string source, string target, IEnumerable<string> folders, IEnumerable<string> members)
        {
            using (var resolver = new Mono.Cecil.DefaultAssemblyResolver())
            using (Mono.Cecil.ModuleDefinition module = Mono.Cecil.ModuleDefinition.ReadModule(source, new Mono.Cecil.ReaderParameters { AssemblyResolver = resolver }))
            {
                foreach (string folder in folders)
                    resolver.AddSearchDirectory(folder);
                foreach (string[] entry in members.Select(line => line.Split(' ')))
                {
                    Mono.Cecil.TypeDefinition type = module.GetType(entry[0]);
                    if (type == null)
                        continue;
                    if (entry.Length == 1)
                        type.IsPublic = true;
                    else
                        Open(type, entry[1]);
                }

                string temporary = target + "." + Guid.NewGuid().ToString("N");
                module.Write(temporary);
                File.Delete(target);
                File.Move(temporary, target);
            }
        }

        private static void Open(Mono.Cecil.TypeDefinition type, string name)
        {
            foreach (Mono.Cecil.FieldDefinition field in type.Fields.Where(field => field.Name == name))
                field.IsPublic = true;
            foreach (Mono.Cecil.MethodDefinition method in type.Methods.Where(method => method.Name == name))
                method.IsPublic = true;
        }
    }
}
