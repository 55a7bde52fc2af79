# Trains DA3D on network connections and shows what it finds. Options: --data FOLDER, --json FILE, --seed N, --full.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
Push-Location "$PSScriptRoot/.."
try { dotnet build samples/NetworkIntrusion -c Release -v quiet --nologo; if ($LASTEXITCODE) { exit $LASTEXITCODE } } finally { Pop-Location }
dotnet "$PSScriptRoot/../artifacts/bin/NetworkIntrusion/release/NetworkIntrusion.dll" @args
exit $LASTEXITCODE
