#!/usr/bin/env bash
# Trains DA3D on network connections and shows what it finds. Options: --data FOLDER, --json FILE, --seed N, --full.
# "images [FOLDER]": trains on pictures of normal parts (FOLDER/normal, FOLDER/defective; drawn where no folder is given) and shows what it flags.
here="$PWD"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
sample=NetworkIntrusion
if [[ "${1:-}" == images ]]; then
  sample=DefectInspection
  shift
fi
dotnet build "samples/$sample" -c Release -v quiet --nologo >&2
root="$PWD"
cd "$here"
exec dotnet "$root/artifacts/bin/$sample/release/$sample.dll" "$@"
