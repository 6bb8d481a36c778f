#!/usr/bin/env bash
# Milliseconds to read, check, render and compare a task definition of 64 KiB: the median of the first document of fifteen processes,
# and the median of 200 in one process that has warmed up.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
dotnet build benchmarks/TaskDefinitionBenchmark -c Release -v quiet -clp:NoSummary -nologo -nodeReuse:false
program=(dotnet artifacts/dotnet/bin/TaskDefinitionBenchmark/release/Slipway.TaskDefinitionBenchmark.dll)
printf '%s cores, load %s\n' "$(getconf _NPROCESSORS_ONLN)" "$(cut -d' ' -f1 /proc/loadavg)"
printf 'first document of a process, median of 15: %8s ms\n' "$(for _ in $(seq 15); do "${program[@]}" first; done | sort -n | sed -n 8p)"
printf 'warm, median of 200:                       %8s ms\n' "$("${program[@]}")"
