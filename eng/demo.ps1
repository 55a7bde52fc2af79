# Trains DA3D on network connections and shows what it finds. Options: --data FOLDER, --json FILE, --seed N, --full.
# "images [FOLDER]": trains on pictures of normal parts (FOLDER/normal, FOLDER/defective; drawn where no folder is given) and shows what it flags.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
$sample, $rest = 'NetworkIntrusion', $args
if ($args.Count -gt 0 -and $args[0] -eq 'images') { $sample, $rest = 'DefectInspection', @($args | Select-Object -Skip 1) }
Push-Location "$PSScriptRoot/.."
try { dotnet build "samples/$sample" -c Release -v quiet --nologo; if ($LASTEXITCODE) { exit $LASTEXITCODE } } finally { Pop-Location }
dotnet "$PSScriptRoot/../artifacts/bin/$sample/release/$sample.dll" @rest
exit $LASTEXITCODE
