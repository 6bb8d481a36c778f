# Compiles the build program where its sources changed, then starts it. Arguments and exit code pass through untouched.
$ErrorActionPreference = 'Stop'; $env:DOTNET_CLI_TELEMETRY_OPTOUT = 1; $env:DOTNET_NOLOGO = 1
$root = $PSScriptRoot; $hostFolder = "$root/artifacts/host"; $staged = "$hostFolder/staged"
function Get-Escaped($path) { $path -replace '%', '%25' -replace ';', '%3B' -replace ',', '%2C' } # MSBuild would take these for its own.
function Stop-Run([int]$code, $lines) { $lines | ForEach-Object { [Console]::Error.WriteLine($_) }; exit $code }
function Get-Stamp($text) { ([BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($text))) -replace '-').Substring(0, 16) }
Push-Location $root
try { $sdk = if (Get-Command dotnet -ErrorAction SilentlyContinue) { dotnet --version 2>$null } } finally { Pop-Location }
$wanted = (Get-Content "$root/global.json" -Raw | ConvertFrom-Json).sdk.version
if (-not $sdk) { Stop-Run 3 "Error: The .NET SDK $wanted or a newer 10.0 feature band is needed.", '  Try: install it from https://dot.net/download, then run this again.' }
$sources = @(Get-ChildItem -Recurse -File "$root/build" | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]') + (Get-Item "$root/global.json", "$root/Directory.*")
# MSBuild takes the variable UpstreamPackages for the property, and compiles another program then.
$stamp = Get-Stamp ((@($env:UpstreamPackages) + ($sources | Sort-Object FullName | ForEach-Object { "$($_.FullName) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" })) -join "`n")
$run = "$hostFolder/run/$stamp"
$lock = [Threading.Mutex]::new($false, "slipway-$(Get-Stamp $root)") # Two compilers in one folder would break each other.
try { [void]$lock.WaitOne() } catch [Threading.AbandonedMutexException] { [Console]::Error.WriteLine('A compilation before this one was ended; it begins anew.') }
if (-not (Test-Path $run)) {
    [Console]::Error.WriteLine('Compiling the build program (once; again when its sources change) ...')
    $log = dotnet build "$root/build/Build/Build.csproj" -c Release -nologo -v quiet -clp:NoSummary -nodeReuse:false "-p:ArtifactsPath=$(Get-Escaped $hostFolder)" -p:RunAnalyzers=false 2>&1
    if ($LASTEXITCODE -ne 0) { Stop-Run 4 $log }
    $old = Get-ChildItem -Force (New-Item -ItemType Directory -Force "$hostFolder/run") | Where-Object LastWriteTime -LT (Get-Date).AddDays(-1) # since its last start
    Remove-Item -Recurse -Force (@($staged) + $old.FullName -ne $null) -ErrorAction SilentlyContinue
    Copy-Item -Recurse "$hostFolder/bin/Build/release" $staged
    # Compiled for this machine it starts in half the time; where the package source lacks the compiler, it runs as it is.
    dotnet msbuild "$root/build/AheadOfTime" -restore -t:CompileAheadOfTime -nologo -v:quiet -nodeReuse:false "-p:ArtifactsPath=$(Get-Escaped $hostFolder)" "-p:Program=$(Get-Escaped $staged)" *> $null
    if ($LASTEXITCODE -ne 0) { Remove-Item -Recurse $staged; Copy-Item -Recurse "$hostFolder/bin/Build/release" $staged }
    Move-Item $staged $run
}
(Get-Item $run).LastWriteTime = Get-Date; $lock.ReleaseMutex(); dotnet "$run/Slipway.Build.dll" @args; exit $LASTEXITCODE
