#!/usr/bin/env bash
# Long runs. "kernels [--json FILE]": matrix products against the core's ceiling. "accuracy --data FOLDER": five seeds on real sets.
here="$PWD"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
dotnet build test/Benchmarks -c Release -v quiet --nologo >&2
root="$PWD"
cd "$here"
exec dotnet "$root/artifacts/bin/Benchmarks/release/Benchmarks.dll" "$@"
