#!/usr/bin/env bash
# Writes samples/Notebooks/*.ipynb anew from the programs beside them.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
dotnet build test/Readme.Tests -c Release -v quiet --nologo
ADVERSARIAL_WRITE_NOTEBOOKS=1 dotnet artifacts/bin/Readme.Tests/release/Readme.Tests.dll --filter-class "*NotebookTests"
