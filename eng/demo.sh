#!/usr/bin/env bash
# Trains DA3D on network connections and shows what it finds. Options: --data FOLDER, --json FILE, --seed N, --full.
here="$PWD"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
dotnet build samples/NetworkIntrusion -c Release -v quiet --nologo >&2
root="$PWD"
cd "$here"
exec dotnet "$root/artifacts/bin/NetworkIntrusion/release/NetworkIntrusion.dll" "$@"
