# Shared by the scripts here: checks for the SDK and tries once to restore the Microsoft.ML package.
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'; $env:DOTNET_NOLOGO = '1'
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) { throw 'The .NET 10 SDK is missing: https://dotnet.microsoft.com/download' }
$root = Split-Path $PSScriptRoot -Parent
$packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { Join-Path $HOME '.nuget/packages' }
$mark = Join-Path $root 'artifacts/.no-mlnet-package'
if (-not $env:MLNetHost -and -not (Test-Path (Join-Path $packages 'microsoft.ml/5.0.0')) -and -not (Test-Path $mark)) {
  New-Item -ItemType Directory -Force (Split-Path $mark) | Out-Null
  dotnet restore "$PSScriptRoot/MLNetPackage.proj" *> $null
  if ($LASTEXITCODE) { New-Item -ItemType File -Force $mark | Out-Null }
}
