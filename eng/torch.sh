#!/usr/bin/env bash
# Training by LibTorch (src/Microsoft.ML.Adversarial.TorchSharp), on Linux. Without a verb: its tests; "--full": those too that take long (every method's
# conformance, all variants, 10,000 steps). "bench": step times and first losses, of LibTorch's device and of programs on TorchSharp alone, beside the engine's own, and the page in docs/benchmarks ("--output FOLDER", "--only TEXT"). "--cuda" first: with the natives for NVIDIA's GPUs, where there is one.
# Other arguments go to the tests ("--filter-class '*TorchFitTests'").
# Restores LibTorch (0.6 GB) into the package folder. Where libstdc++ is older than GCC 13's, the program runs in a folder of Debian 13, which debootstrap makes
# at the first time (root, 0.4 GB in artifacts/torch).
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
native=true project=TorchSharp.Tests
if [[ "${1:-}" == --cuda ]]; then native=cuda; shift; fi
arguments=()
if [[ "${1:-}" == bench ]]; then project=TorchSharp.Benchmarks; shift; fi
for argument in "$@"; do
  if [[ "$argument" == --full ]]; then export ADVERSARIAL_FULL_TESTS=1; else arguments+=("$argument"); fi
done
# Built aside, so that the solution's own build knows nothing of LibTorch.
out="$PWD/artifacts/torch"
dotnet build "test/$project" -c Release -v quiet --nologo -p:RunAnalyzers=false -p:TorchNative="$native" -p:ArtifactsPath="$out"
program="$out/bin/$project/release/$project.dll"
dotnet="$(readlink -f "$(command -v dotnet)")"

is_new_enough() {
  local library
  library="$(ldconfig -p | awk '/libstdc\+\+\.so\.6 .*x86-64/ { print $NF; exit }')"
  [[ -n "$library" ]] && grep -q GLIBCXX_3.4.32 "$library"
}

if [[ "$native" != cuda ]]; then
  echo "On the processor. With a GPU of NVIDIA and its driver: eng/torch.sh --cuda, and eng/torch.sh --cuda bench --device cuda." >&2
fi
if is_new_enough; then
  exec "$dotnet" "$program" ${arguments[@]+"${arguments[@]}"}
fi

debian="$out/debian13"
if [[ "$(id -u)" != 0 ]] || ! command -v debootstrap >/dev/null || ! command -v unshare >/dev/null; then
  echo "LibTorch needs the libstdc++ of GCC 13 (Debian 13, Ubuntu 24.04). Here it is older; as root and with debootstrap this script makes a folder of Debian 13 for it." >&2
  exit 1
fi
if [[ ! -e "$debian/.complete" ]]; then
  rm -rf --one-file-system "$debian"
  mkdir -p "$debian"
  debootstrap --variant=minbase --include=libstdc++6,libgomp1,libicu76,ca-certificates trixie "$debian" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >&2
  touch "$debian/.complete"
fi
# The mounts are in a name space of their own and end with the program.
export root="$PWD" debian dotnet program
exec unshare --mount bash -c '
  set -euo pipefail
  share="$(dirname "$dotnet")"
  for folder in "$share" "$root" /dev; do
    mkdir -p "$debian$folder"
    mount --rbind "$folder" "$debian$folder"
  done
  mount -t proc proc "$debian/proc"
  exec chroot "$debian" /usr/bin/env HOME=/root DOTNET_ROOT="$share" bash -c '\''cd "$root" && exec "$dotnet" "$program" "$@"'\'' run "$@"' run ${arguments[@]+"${arguments[@]}"}
