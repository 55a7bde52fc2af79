# Long runs. "kernels [--json FILE]": matrix products against the core's ceiling. "accuracy --data FOLDER": five seeds on real sets.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
Push-Location "$PSScriptRoot/.."
try { dotnet build test/Benchmarks -c Release -v quiet --nologo; if ($LASTEXITCODE) { exit $LASTEXITCODE } } finally { Pop-Location }
dotnet "$PSScriptRoot/../artifacts/bin/Benchmarks/release/Benchmarks.dll" @args
exit $LASTEXITCODE
