#!/bin/sh
# Runs every fuzz target for so many seconds. usage: run_fuzz.sh SECONDS [TARGET...]
# New inputs go to build-fuzz/found/TARGET; the checked-in corpus is only read. A crash leaves its
# input in build-fuzz/crashes and ends with exit code 1.
set -u
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
root=$(pwd)
CC=clang tools/build.sh build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
    -Doptimization=1 || exit 1
targets=${*:-$(tools/list_files.sh fuzz | sed 's|.*/||; s|\.c$||')}
mkdir -p build-fuzz/crashes
failed=0
for target in $targets; do
    found=build-fuzz/found/$target
    mkdir -p "$found"
    YZ_BUILD=$root/build-fuzz YZ_ROOT=$root UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
        "build-fuzz/tests/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 -max_len=8192 \
        -artifact_prefix="build-fuzz/crashes/$target-" -print_final_stats=1 \
        "$found" "tests/fuzz/corpus/${target#fuzz_}" >"build-fuzz/$target.log" 2>&1
    code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build-fuzz/$target.log")
    if [ "$code" = 0 ]; then
        echo "$target: ${runs:-0} inputs in $seconds s, nothing found"
    else
        failed=1
        echo "$target: FAILED after ${runs:-?} inputs, see build-fuzz/$target.log"
        grep -m 3 -E 'ERROR|runtime error|"panic"|panic' "build-fuzz/$target.log"
    fi
done
exit "$failed"
