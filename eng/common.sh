# Shared by the scripts here: the repository's root, quiet restores, and one try for the Microsoft.ML package.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download" >&2
  exit 1
fi

# Where the feed has ML.NET, use it; MLNet.props falls back to the embedded host where it does not.
packages="${NUGET_PACKAGES:-$HOME/.nuget/packages}"
if [ -z "${MLNetHost:-}" ] && [ ! -d "$packages/microsoft.ml/5.0.0" ] && [ ! -f artifacts/.no-mlnet-package ]; then
  mkdir -p artifacts
  # macOS has no timeout; there a feed that never answers ends the try by NuGet's own limits.
  limit=""
  if command -v timeout >/dev/null; then limit="timeout 60"; fi
  $limit dotnet restore eng/MLNetPackage.proj >/dev/null 2>&1 || touch artifacts/.no-mlnet-package
fi
