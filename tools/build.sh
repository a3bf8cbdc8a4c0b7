#!/bin/sh
# Configures when needed (also when a source file came or went) and compiles.
# usage: build.sh BUILD_DIR [meson options...]
set -eu
cd "$(dirname "$0")/.."
build=$1
shift
mkdir -p "$build"
tools/list_files.sh all >"$build/files.new"
if [ ! -f "$build/build.ninja" ]; then
    echo "compiling into $build; the first time takes a few minutes"
    meson setup "$build" "$@" >"$build/setup.log" 2>&1 || { cat "$build/setup.log" >&2; exit 1; }
elif ! cmp -s "$build/files.new" "$build/files.list"; then
    meson setup --reconfigure "$build" >"$build/setup.log" 2>&1 || { cat "$build/setup.log" >&2; exit 1; }
fi
cp "$build/files.new" "$build/files.list"
if ninja -C "$build" -n 2>/dev/null | grep -q 'no work to do'; then exit 0; fi
ninja -C "$build" >"$build/build.log" 2>&1 || { grep -avE '^\[[0-9]+/[0-9]+\]' "$build/build.log" >&2; exit 1; }
