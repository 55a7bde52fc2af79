# Compiles the detectors to a native program, every trim and AOT warning an error, and runs it. Needs the C++ build tools.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
Push-Location "$PSScriptRoot/.."
try { dotnet publish test/AotTester -c Release -v quiet --nologo; if ($LASTEXITCODE) { exit $LASTEXITCODE } } finally { Pop-Location }
& "$PSScriptRoot/../artifacts/publish/AotTester/release/AotTester"
exit $LASTEXITCODE
