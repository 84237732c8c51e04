#!/usr/bin/env bash
# Packs the solution, which must be built in Release, and uses the packages as others do: installs Lyra into a new project and runs it, as it is,
# trimmed, and compiled ahead of time; installs the tool and runs a script. The packages have a version that no folder of packages knows.
# Checks that need a package which the package source does not have are skipped, and so is native AOT without a linker.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
work=$PWD/artifacts/package-check
version=0.1.0-check$(date +%s)
rid=$(dotnet msbuild tools/Lyra.Cli -getProperty:NETCoreSdkPortableRuntimeIdentifier)
cache=$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//')
rm -rf "$work"/{feed,host,il,tool,trimmed,aot,packages/lyra}
mkdir -p "$work/host"

# Runs a command. If it fails, prints its output and ends the script.
run() {
    "$@" >"$work/log" 2>&1 || { cat "$work/log"; echo "FAILED: $*"; exit 1; }
}

# As run, but returns 1 if the package source does not have a package that is needed.
try() {
    "$@" >"$work/log" 2>&1 && return
    grep -q "Unable to find package" "$work/log" && ! grep -q "package Lyra" "$work/log" && return 1
    cat "$work/log"
    echo "FAILED: $*"
    exit 1
}

expect() {
    grep -q -- "$1" "$work/log" || { cat "$work/log"; echo "FAILED: the output has no '$1'"; exit 1; }
}

skipped() {
    echo "$1: skipped, because the package source does not have it: $(grep -m 1 "Unable to find package" "$work/log" | sed 's/.*error/error/')"
}

# Precompiled for this platform only, because each takes 10 s.
run dotnet pack Lyra.sln -c Release -o "$work/feed" -p:PackageVersion="$version" "-p:LyraPrecompiledFor=$rid" --no-build -v minimal
for package in Lyra Lyra.Cli; do
    [ -f "$work/feed/$package.$version.nupkg" ] || { echo "FAILED: no package $package"; exit 1; }
done
precompiled=true
grep -q "no precompiled libraries" "$work/log" && precompiled=false

# The new project sees nothing of this repository. Packages that are not those of Lyra may come from the user's folder.
cp tools/package-check/* "$work/host"
echo '<Project />' | tee "$work/Directory.Build.props" "$work/Directory.Build.targets" >"$work/Directory.Packages.props"
cat >"$work/nuget.config" <<XML
<configuration>
  <packageSources><add key="packed" value="$work/feed" /></packageSources>
  <fallbackPackageFolders><add key="user" value="$cache" /></fallbackPackageFolders>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
</configuration>
XML
cd "$work/host"

run dotnet build -c Release -o "$work/il" "-p:LyraVersion=$version" -v quiet
if grep '<dependency ' "$work/packages/lyra/$version/lyra.nuspec"; then echo "FAILED: the package Lyra has dependencies"; exit 1; fi
run dotnet "$work/il/Host.dll"
expect '^compiled$'
if $precompiled; then expect "^libraries: .*/runtimes/$rid/lib/"; fi
echo "package: $(tail -n 1 "$work/log" | sed "s#$work/##")"

run dotnet tool install Lyra.Cli --version "$version" --tool-path "$work/tool" --configfile "$work/nuget.config"
echo 'print(6 * 7)' >hello.lyra
run "$work/tool/lyra" run hello.lyra
expect '^42$'
echo "tool: $("$work/tool/lyra" version)"

publish() {
    try dotnet publish -c Release -r "$rid" --self-contained -o "$work/$1" "-p:LyraVersion=$version" -v quiet "${@:2}"
}

if publish trimmed -p:PublishTrimmed=true; then
    run "$work/trimmed/Host"
    expect '^compiled$'
    echo "trimmed: $(tail -n 1 "$work/log" | sed "s#$work/##"), $(du -sh "$work/trimmed" | cut -f 1)"
else
    skipped trimmed
fi

if ! command -v clang >/dev/null && ! command -v gcc >/dev/null; then
    echo "native AOT: skipped, because this machine has no linker"
elif publish aot -p:PublishAot=true "-p:CppCompilerAndLinker=$(command -v clang >/dev/null && echo clang || echo gcc)"; then
    run "$work/aot/Host"
    expect '^interpreted$'
    echo "native AOT: $(stat -c %s "$work/aot/Host") bytes"
else
    skipped "native AOT"
fi
