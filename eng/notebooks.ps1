# Writes samples/Notebooks/*.ipynb anew from the programs beside them.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
Push-Location "$PSScriptRoot/.."
try {
    dotnet build test/Readme.Tests -c Release -v quiet --nologo; if ($LASTEXITCODE) { exit $LASTEXITCODE }
    $env:ADVERSARIAL_WRITE_NOTEBOOKS = '1'
    dotnet artifacts/bin/Readme.Tests/release/Readme.Tests.dll --filter-class "*NotebookTests"
} finally { Remove-Item Env:ADVERSARIAL_WRITE_NOTEBOOKS -ErrorAction SilentlyContinue; Pop-Location }
exit $LASTEXITCODE
