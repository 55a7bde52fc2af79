# Restores, builds and runs all tests; "--full" those too that take long (ADVERSARIAL_FULL_TESTS=1). Other arguments go to dotnet test.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
$asked = $env:ADVERSARIAL_FULL_TESTS
$arguments = @($args | Where-Object { $_ -ne '--full' })
Push-Location "$PSScriptRoot/.."
try {
  if ($args -contains '--full') { $env:ADVERSARIAL_FULL_TESTS = '1' }
  dotnet build Microsoft.ML.Adversarial.sln -c Release -v quiet --nologo
  if ($LASTEXITCODE) { exit $LASTEXITCODE }
  dotnet test --solution Microsoft.ML.Adversarial.sln -c Release --no-build @arguments | Tee-Object -Variable log
  $status = $LASTEXITCODE
  function Count($name) { $line = $log | Select-String "^\s*${name}:\s*(\d+)" | Select-Object -Last 1; if ($line) { $line.Matches[0].Groups[1].Value } else { 0 } }
  "$(Count succeeded) passed, $(Count failed) failed, $(Count skipped) skipped"
  exit $status
} finally {
  $env:ADVERSARIAL_FULL_TESTS = $asked
  Pop-Location
}
