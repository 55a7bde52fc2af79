# Packs the libraries and the command line, for .NET 8 and .NET 10, into artifacts/packages. Arguments go to dotnet pack ("--version-suffix rc.1").
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
Push-Location "$PSScriptRoot/.."
try {
  # Built aside, so that the solution's own build keeps its one framework. That build analyses the code; this one need not.
  foreach ($project in Get-ChildItem src/*/*.csproj) {
    dotnet pack $project.FullName -c Release -v quiet --nologo -o artifacts/packages `
      -p:ForPackages=true -p:RunAnalyzers=false -p:ContinuousIntegrationBuild=true "-p:ArtifactsPath=$PWD/artifacts/pack" @args
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
  }
} finally { Pop-Location }
