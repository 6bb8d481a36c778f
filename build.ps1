# Compiles the build program where its sources changed, then starts it. Arguments and exit code pass through untouched.
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$hostFolder = Join-Path $root 'artifacts/host'
$wanted = (Get-Content (Join-Path $root 'global.json') -Raw | ConvertFrom-Json).sdk.version
$env:DOTNET_CLI_TELEMETRY_OPTOUT = 1; $env:DOTNET_NOLOGO = 1
Push-Location $root
try { $sdk = if (Get-Command dotnet -ErrorAction SilentlyContinue) { dotnet --version 2>$null } } finally { Pop-Location }
if (-not $sdk) {
    [Console]::Error.WriteLine("Error: The .NET SDK $wanted or a newer 10.0 feature band is needed.`n  Try: install it from https://dot.net/download, then run this again.")
    exit 3
}
$sources = Get-ChildItem -Recurse -File (Join-Path $root 'build') | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
$sources = @($sources) + (Get-Item "$root/global.json", "$root/Directory.*")
$list = ($sources | Sort-Object FullName | ForEach-Object { "$($_.FullName) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" }) -join "`n"
$stamp = ([BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($list))) -replace '-').Substring(0, 16)
# MSBuild takes this variable for the property, and compiles another program then.
if ($env:UpstreamPackages -eq 'true') { $stamp += '-upstream' }
$run = Join-Path $hostFolder "run/$stamp"
if (-not (Test-Path $run)) {
    $log = dotnet build "$root/build/Build/Build.csproj" -c Release -nologo -v quiet -clp:NoSummary -nodeReuse:false "-p:ArtifactsPath=$hostFolder" -p:RunAnalyzers=false 2>&1
    if ($LASTEXITCODE -ne 0) { $log | ForEach-Object { [Console]::Error.WriteLine($_) }; exit 4 }
    Copy-Item -Recurse "$hostFolder/bin/Build/release" "$run.tmp"
    # Compiled for this machine it starts in half the time; where the package source lacks the compiler, it runs as it is.
    dotnet msbuild "$root/build/AheadOfTime" -restore -t:CompileAheadOfTime -nologo -v:quiet -nodeReuse:false "-p:ArtifactsPath=$hostFolder" "-p:Program=$run.tmp" *> $null
    if ($LASTEXITCODE -ne 0) { Remove-Item -Recurse "$run.tmp"; Copy-Item -Recurse "$hostFolder/bin/Build/release" "$run.tmp" }
    Move-Item "$run.tmp" $run
}
dotnet "$run/Slipway.Build.dll" @args
exit $LASTEXITCODE
