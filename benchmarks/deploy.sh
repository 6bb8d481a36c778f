#!/usr/bin/env bash
# Seconds of the newcomer's command in a fresh clone: first run, second run, and a warm look at the settings.
# Usage: benchmarks/deploy.sh [process|engine]
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
runtime=${1:-process}
folder=$(mktemp -d)
export SLIPWAY_LOCAL_CLOUD_PORT=4670 SLIPWAY_FRONT_DOOR_PORT=8070
if [ "$runtime" = process ]; then export DOCKER_HOST=unix:///nowhere/docker.sock; fi

seconds() {
  local name=$1 start end
  shift
  start=$(date +%s%N)
  "$@" >"$folder/log.txt" 2>&1 || { cat "$folder/log.txt"; exit 1; }
  end=$(date +%s%N)
  printf '%-34s %6d.%01d s\n' "$name" $(((end - start) / 1000000000)) $(((end - start) / 100000000 % 10))
}

git clone -q "$root" "$folder/clone"
cd "$folder/clone"
trap './build.sh --target=LocalDown >/dev/null; rm -rf "$folder"' EXIT
printf 'runtime %s, %s cores, load %s\n' "$runtime" "$(getconf _NPROCESSORS_ONLN)" "$(cut -d' ' -f1 /proc/loadavg)"
seconds 'first Deploy (compiles, tests)' ./build.sh --target=Deploy --environment=local
seconds 'second Deploy, nothing changed' ./build.sh --target=Deploy --environment=local
seconds 'Settings, warm' ./build.sh --target=Settings --environment=local
seconds 'Settings, warm' ./build.sh --target=Settings --environment=local
seconds 'Settings, warm' ./build.sh --target=Settings --environment=local
