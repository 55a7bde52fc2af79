# Training by LibTorch (src/Microsoft.ML.Adversarial.TorchSharp): its tests; "--full": those too that take long. "--cuda" first: with the natives for NVIDIA's GPUs, where there is one.
# Other arguments go to the tests. Restores LibTorch into the package folder.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
$native = 'true'
$rest = @($args)
if ($rest.Count -gt 0 -and $rest[0] -eq '--cuda') { $native = 'cuda'; $rest = @($rest | Select-Object -Skip 1) }
if ($rest -contains '--full') { $env:ADVERSARIAL_FULL_TESTS = '1'; $rest = @($rest | Where-Object { $_ -ne '--full' }) }
$out = "$PSScriptRoot/../artifacts/torch"
dotnet build "$PSScriptRoot/../test/TorchSharp.Tests" -c Release -v quiet --nologo -p:RunAnalyzers=false "-p:TorchNative=$native" "-p:ArtifactsPath=$out"
if ($LASTEXITCODE) { exit $LASTEXITCODE }
dotnet "$out/bin/TorchSharp.Tests/release/TorchSharp.Tests.dll" @rest
exit $LASTEXITCODE
