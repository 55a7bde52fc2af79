#!/usr/bin/env bash
# Compiles the detectors to a native program, every trim and AOT warning an error, and runs it. Needs a C compiler for linking.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
linker=clang
command -v clang >/dev/null || linker=gcc
dotnet publish test/AotTester -c Release -v quiet --nologo -p:CppCompilerAndLinker="$linker"
exec artifacts/publish/AotTester/release/AotTester
