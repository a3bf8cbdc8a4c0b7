#!/bin/sh
# Installs the tally library into a folder of its own, compiles the example of docs/ against it and
# runs it. usage: library.sh BUILD ROOT
set -eu
dir=$(mktemp -d "${TMPDIR:-/tmp}/yz_library_XXXXXX")
trap 'rm -rf "$dir"' EXIT
meson install -C "$1" --no-rebuild --quiet --destdir "$dir" >/dev/null
PKG_CONFIG_PATH=$(dirname "$(find "$dir" -name yuanzhuo-tally.pc)")
PKG_CONFIG_SYSROOT_DIR=$dir
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
sanitizers=$(sed -n 's/.*"b_sanitize", *"value": *"\([a-z,]*\)".*/\1/p' "$1/meson-info/intro-buildoptions.json" | head -1)
[ -n "$sanitizers" ] || sanitizers=none
flags=
[ "$sanitizers" = none ] || flags="-fsanitize=$sanitizers"
# shellcheck disable=SC2046,SC2086
${CC:-cc} -std=c17 -Wall -Wextra -Werror $flags $(pkg-config --cflags yuanzhuo-tally) \
    "$2/docs/library/count.c" $(pkg-config --static --libs yuanzhuo-tally) -o "$dir/count"
"$dir/count" >"$dir/out"
printf '1. well for 60\n2. bench for 30\nleft 10; lamp: 2 votes, 21 was too much\n' | diff - "$dir/out"
echo "[       OK ] the_example_of_the_library_is_compiled_and_counts"
