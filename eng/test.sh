#!/usr/bin/env bash
# Restores, builds and runs all tests; "--full" those too that take long (ADVERSARIAL_FULL_TESTS=1). Other arguments go to dotnet test.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
arguments=()
for argument in "$@"; do
  if [[ "$argument" == --full ]]; then export ADVERSARIAL_FULL_TESTS=1; else arguments+=("$argument"); fi
done
dotnet build Microsoft.ML.Adversarial.sln -c Release -v quiet --nologo
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
status=0
# Older shells take an empty list for an unset one.
dotnet test --solution Microsoft.ML.Adversarial.sln -c Release --no-build ${arguments[@]+"${arguments[@]}"} | tee "$log" || status=$?

# The runner's summary in one plain line.
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
passed="$(count succeeded)" failed="$(count failed)" skipped="$(count skipped)"
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
exit "$status"
