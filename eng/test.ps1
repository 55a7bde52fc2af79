# Restores, builds and runs all tests. Arguments go to dotnet test.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
Push-Location "$PSScriptRoot/.."
try {
  dotnet build Microsoft.ML.Adversarial.sln -c Release -v quiet --nologo
  if ($LASTEXITCODE) { exit $LASTEXITCODE }
  dotnet test --solution Microsoft.ML.Adversarial.sln -c Release --no-build @args | Tee-Object -Variable log
  $status = $LASTEXITCODE
  function Count($name) { $line = $log | Select-String "^\s*${name}:\s*(\d+)" | Select-Object -Last 1; if ($line) { $line.Matches[0].Groups[1].Value } else { 0 } }
  "$(Count succeeded) passed, $(Count failed) failed, $(Count skipped) skipped"
  exit $status
} finally { Pop-Location }
