# Training by LibTorch (src/Microsoft.ML.Adversarial.TorchSharp), as eng/torch.sh: its tests; "--full": those too that take long; "bench": step times and first losses,
# of LibTorch's device and of programs on TorchSharp alone, beside the engine's own. "--cuda" first: with the natives for NVIDIA's GPUs, where there is one. Other arguments go on. Not run yet: it was written beside the other.
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/common.ps1"
$native = 'true'
$project = 'TorchSharp.Tests'
$rest = @($args)
if ($rest.Count -gt 0 -and $rest[0] -eq '--cuda') { $native = 'cuda'; $rest = @($rest | Select-Object -Skip 1) }
if ($rest.Count -gt 0 -and $rest[0] -eq 'bench') { $project = 'TorchSharp.Benchmarks'; $rest = @($rest | Select-Object -Skip 1) }
if ($rest -contains '--full') { $env:ADVERSARIAL_FULL_TESTS = '1'; $rest = @($rest | Where-Object { $_ -ne '--full' }) }
$out = "$PSScriptRoot/../artifacts/torch"
dotnet build "$PSScriptRoot/../test/$project" -c Release -v quiet --nologo -p:RunAnalyzers=false "-p:TorchNative=$native" "-p:ArtifactsPath=$out"
if ($LASTEXITCODE) { exit $LASTEXITCODE }
dotnet "$out/bin/$project/release/$project.dll" @rest
exit $LASTEXITCODE
