#!/usr/bin/env bash
# Packs the libraries and the command line, for .NET 8 and .NET 10, into artifacts/packages. Arguments go to dotnet pack ("--version-suffix rc.1").
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# Built aside, so that the solution's own build keeps its one framework. That build analyses the code; this one need not.
for project in src/*/*.csproj; do
  dotnet pack "$project" -c Release -v quiet --nologo -o artifacts/packages \
    -p:ForPackages=true -p:RunAnalyzers=false -p:ContinuousIntegrationBuild=true -p:ArtifactsPath="$PWD/artifacts/pack" "$@"
done
