using System.Security;

namespace Package.Tests;

/// <summary>A user's programs in a folder outside the repository, which know the packages and nothing else of it.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("package-user-").FullName;

    public Consumer(string packagesFolder)
    {
        // Beside the user's own sources; what was restored there already is taken from there, ours goes to a folder of this run.
        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(restored);
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="restored" value="{SecurityElement.Escape(restored)}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{SecurityElement.Escape(packagesFolder)}" /></packageSources>
            </configuration>
            """);
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    /// <summary>Writes a program, builds it and runs it in the common folder.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string name, string framework, string version, string code)
    {
        string project = Directory.CreateDirectory(PathOf(name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), code);
        // A program for .NET 8 runs on what is there.
        await File.WriteAllTextAsync(Path.Combine(project, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <RollForward>Major</RollForward>
                <UseAppHost>false</UseAppHost>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.ML.Adversarial" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        await CommandLine.RunAsync(project, "dotnet", "build", "-c", "Release", "-o", "out", "-v", "quiet", "--nologo");
        return await CommandLine.RunAsync(_folder, "dotnet", Path.Combine(project, "out", name + ".dll"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
