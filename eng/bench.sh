#!/usr/bin/env bash
# Long runs. Without a verb: training steps, scoring and memory against PyTorch, matrix products against the core's ceiling, and the page
# docs/benchmarks/<processor>.md; "--json FILE" writes every figure. "kernels": the matrix products alone. "micro": products and steps under
# BenchmarkDotNet ("micro --filter '*Step*'"; its other options too). "accuracy --data FOLDER": five
# seeds on real sets. "floors": each method's speed against the one stored for this processor; "--store" stores it.
# "images": convolutions against the core's ceiling and networks on images against PyTorch. "search": AnoGAN's latent search against PyTorch. "tables --data FOLDER": each method on many tables, and docs/tables/README.md.
# "scikit-learn FOLDER": forest and support vector machines beside scikit-learn's. "cost ROWSxCOLUMNS": processor time of fits with default options.
# "rows": fits of more and more rows of which a sample is kept, and the memory they take.
# "memory": fits of each method on images, and the peak of resident memory of their processes.
# "serving artifacts/bin/Scoring/release/Scoring.dll": requests to samples/Scoring while its model is replaced.
# "papers --data FOLDER": the papers' tables, resumed where results.csv ends, and their pages in docs/papers; "papers --help" says more.
here="$PWD"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
dotnet build test/Benchmarks -c Release -v quiet --nologo >&2
root="$PWD"
cd "$here"
exec dotnet "$root/artifacts/bin/Benchmarks/release/Benchmarks.dll" "$@"
