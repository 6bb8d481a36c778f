#!/usr/bin/env bash
# How late a wait ends: for each rollout the seconds from the service deployment's finishedAt, which LocalCloud records, to the exit of
# the process, and the API calls since UpdateService.
# Usage: benchmarks/wait-lag.sh [rollouts, 20] [seconds that each image pull takes, 0]; needs the AWS CLI and curl.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
rollouts=${1:-20} pull=${2:-0}
folder=$(mktemp -d)
export SLIPWAY_LOCAL_CLOUD_PORT=4671 SLIPWAY_FRONT_DOOR_PORT=8071 DOCKER_HOST=unix:///nowhere/docker.sock
export AWS_ACCESS_KEY_ID=LOCALCLOUDACCESSKEY1 AWS_SECRET_ACCESS_KEY=local-cloud-is-not-a-secret AWS_DEFAULT_REGION=us-east-1
unset AWS_PROFILE AWS_SESSION_TOKEN CI
cloud=http://127.0.0.1:$SLIPWAY_LOCAL_CLOUD_PORT

run() {
  "$@" >"$folder/log.txt" 2>&1 || { cat "$folder/log.txt"; exit 1; }
}

# The time of a member as seconds: version 1 of the AWS CLI prints them, version 2 prints a date.
moment() {
  case $1 in
    *T*) date -d "$1" +%s.%N ;;
    *) printf '%s' "$1" ;;
  esac
}

# "median min max" of the numbers on standard input.
spread() {
  LC_ALL=C sort -n | awk '{ n[NR] = $1 } END { printf "%8.2f %8.2f %8.2f", (n[int((NR + 1) / 2)] + n[int((NR + 2) / 2)]) / 2, n[1], n[NR] }'
}

git clone -q "$root" "$folder/clone"
cd "$folder/clone"
trap './build.sh --target=LocalDown >/dev/null; rm -rf "$folder"' EXIT
run ./build.sh --target=Deploy --environment=local
if [ "$pull" -gt 0 ]; then
  run curl -fsS -d "{\"operations\":[\"task:Start\"],\"kind\":\"slow\",\"delayMs\":${pull}000}" "$cloud/_local/faults"
fi
printf '%s rollouts, %s cores, load %s\n' "$rollouts" "$(getconf _NPROCESSORS_ONLN)" "$(cut -d' ' -f1 /proc/loadavg)"
for ((i = 1; i <= rollouts; i++)); do
  run curl -fsS -X DELETE "$cloud/_local/calls"
  run ./build.sh --target=Deploy --environment=local --env=ROLLOUT="$i"
  ended=$(date +%s.%N)
  calls=$(curl -fsS "$cloud/_local/calls" | tr -d '[]"' | tr ',' '\n' | sed '1,/^ecs:UpdateService$/d' | wc -l)
  arn=$(aws ecs list-service-deployments --endpoint-url "$cloud" --cluster emotional-parrot --service stream-ml-service-1 \
    --query 'serviceDeployments[0].serviceDeploymentArn' --output text)
  read -r created finished < <(aws ecs describe-service-deployments --endpoint-url "$cloud" --service-deployment-arns "$arn" \
    --query 'serviceDeployments[0].[createdAt,finishedAt]' --output text)
  awk -v ended="$ended" -v created="$(moment "$created")" -v finished="$(moment "$finished")" -v calls="$calls" \
    'BEGIN { printf "%.3f %d %.1f %.2f\n", ended - finished, calls, calls * 60 / (ended - created), finished - created }' | tee -a "$folder/figures"
done
printf '%-42s %8s %8s %8s\n' '' median min max
printf '%-42s %s\n' 'seconds from finishedAt to the exit' "$(cut -d' ' -f1 "$folder/figures" | spread)"
printf '%-42s %s\n' 'API calls after UpdateService' "$(cut -d' ' -f2 "$folder/figures" | spread)"
printf '%-42s %s\n' 'the same per minute' "$(cut -d' ' -f3 "$folder/figures" | spread)"
printf '%-42s %s\n' 'seconds that the rollout itself took' "$(cut -d' ' -f4 "$folder/figures" | spread)"
