#!/usr/bin/env bash
# Lines of C# by folder, what git tracks; generated code apart.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
count() { git ls-files "$1" | { grep "$2" '/Generated/' || true; } | tr '\n' '\0' | xargs -0 -r cat | wc -l; }
for folder in build/Build build/Deployment build/LocalCloud build/packages src tests; do
  printf '%-18s %6d\n' "$folder" "$(count "$folder/*.cs" -v)"
done
printf '%-18s %6d\n' 'generated' "$(count 'build/*.cs' -e)"
