#!/usr/bin/env bash
# Compiles the build program where its sources changed, then starts it. Arguments and exit code pass through untouched.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
host="$root/artifacts/host"
wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")

fail() {
  printf 'Error: %s\n' "$1" >&2
  shift
  printf '  %s\n' "$@" >&2
  exit 3
}

find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet"; do
    if [ -x "$candidate" ]; then
      printf '%s' "$candidate"
      return
    fi
  done
}

# Names, sizes and contents: a touched file is no change, a deleted one is.
checksum_of_sources() {
  cd "$root"
  find build global.json Directory.Build.props Directory.Build.targets Directory.Packages.props \
    \( -name bin -o -name obj \) -prune -o -type f -exec cksum {} + | LC_ALL=C sort | cksum | tr -d ' '
}

# MSBuild would take these for an escape, a list and the next property.
escaped() {
  local path=${1//%/%25}
  path=${path//;/%3B}
  printf '%s' "${path//,/%2C}"
}

compile() {
  local log="$host/compile.log" staged="$host/run/.$stamp.$$"
  (cd "$root" && "$dotnet" --version) >/dev/null 2>&1 || fail "The .NET SDK $wanted or a newer 10.0 feature band is needed; 'dotnet' at '$dotnet' has none." \
    "Try: install it from https://dot.net/download, then run this again." "Found: $("$dotnet" --list-sdks 2>/dev/null | tr '\n' ' ')"
  mkdir -p "$host/run"
  printf 'Compiling the build program (once; again when its sources change) ...\n' >&2
  if ! (cd "$root" && "$dotnet" build build/Build/Build.csproj -c Release -nologo -v quiet -clp:NoSummary -nodeReuse:false \
    -p:ArtifactsPath="$(escaped "$host")" -p:RunAnalyzers=false) >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    printf 'Error: the build program does not compile. The whole output is in artifacts/host/compile.log.\n' >&2
    exit 4
  fi
  rm -rf "$staged"
  cp -R "$host/bin/Build/release" "$staged"
  # Compiled for this machine it starts in half the time; where the package source lacks the compiler, it runs as it is.
  (cd "$root" && "$dotnet" msbuild build/AheadOfTime -restore -t:CompileAheadOfTime -nologo -v:minimal -nodeReuse:false \
    -p:ArtifactsPath="$(escaped "$host")" -p:Program="$(escaped "$staged")") >>"$log" 2>&1 </dev/null || { rm -rf "$staged"; cp -R "$host/bin/Build/release" "$staged"; }
  mv "$staged" "$host/run/$stamp" 2>/dev/null || rm -rf "$staged"
  # Each start touches its program: what nobody started for days is deleted.
  find "$host/run" -mindepth 1 -maxdepth 1 ! -name "$stamp" -mtime +1 -exec rm -rf {} +
}

# Two compilers in one folder would break each other. A lock of a process that is gone is taken over.
with_lock() {
  local lock="$host/lock" waited=0 holder
  mkdir -p "$host" 2>/dev/null || fail "'$host' cannot be written." "Try: free some space, or correct the folder's permissions."
  until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null || echo 999999999)
    # In a container every start may have the same number: one that is this script's own is of a start before it.
    if { [ "$holder" = "$$" ] || ! kill -0 "$holder" 2>/dev/null; } && [ "$waited" -gt 1 ]; then
      rm -rf "$lock"
    elif [ "$waited" -ge 300 ]; then
      fail "Another compilation holds '$lock' for five minutes." "Try: end it, or delete that folder."
    fi
    sleep 1
    waited=$((waited + 1))
  done
  trap 'rm -rf "$host/lock"' EXIT
  { printf '%s' "$$" >"$lock/pid"; } 2>/dev/null || fail "'$host' cannot be written." "Try: free some space, or correct the folder's permissions."
  [ -d "$host/run/$stamp" ] || compile
  rm -rf "$lock"
  trap - EXIT
}

dotnet=$(find_dotnet)
[ -n "$dotnet" ] || fail "The .NET SDK $wanted or a newer 10.0 feature band is needed, and 'dotnet' is not on PATH." \
  "Try: install it from https://dot.net/download, then run this again."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
stamp=$(checksum_of_sources)
# MSBuild takes this variable for the property, and compiles another program then.
[ "${UpstreamPackages:-}" != true ] || stamp="$stamp-upstream"
[ -d "$host/run/$stamp" ] || with_lock
touch -c "$host/run/$stamp" 2>/dev/null || true
exec "$dotnet" "$host/run/$stamp/Slipway.Build.dll" "$@"
