#!/usr/bin/env bash
# Milliseconds to read, check, render and compare a task definition of 64 KiB: the median of the first document of fifteen processes,
# and the median of 200 in one process that has warmed up.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
folder=artifacts/dotnet/bin/TaskDefinitionBenchmark/release
dotnet build benchmarks/TaskDefinitionBenchmark -c Release -v quiet -clp:NoSummary -nologo -nodeReuse:false -p:RunAnalyzers=false
# As build.sh does it with the build program.
compiled=$(mktemp -d)
trap 'rm -rf "$compiled"' EXIT
cp -R "$folder/." "$compiled"
dotnet msbuild build/AheadOfTime -restore -t:CompileAheadOfTime -nologo -v:quiet -nodeReuse:false -p:Program="$compiled"
first() {
  for _ in $(seq 15); do dotnet "$1/Slipway.TaskDefinitionBenchmark.dll" first; done | sort -n | sed -n 8p
}
printf '%s cores, load %s\n' "$(getconf _NPROCESSORS_ONLN)" "$(cut -d' ' -f1 /proc/loadavg)"
printf 'first document of a process, median of 15:              %8s ms\n' "$(first "$compiled")"
printf 'the same where the compiler is not to be had:           %8s ms\n' "$(first "$folder")"
read -r warm parsing ratio < <(dotnet "$compiled/Slipway.TaskDefinitionBenchmark.dll")
printf 'warm, median of 200:                                    %8s ms\n' "$warm"
printf "of which Newtonsoft's parser alone would take, same run: %7s ms (ratio %s)\n" "$parsing" "$ratio"
