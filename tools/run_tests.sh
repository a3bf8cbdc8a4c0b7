#!/bin/sh
# Builds and runs every test under one private PostgreSQL; ends with "N passed, N failed".
# The work is in parts: the ordinary build with gcc, then the sanitizers with clang.
set -u
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
logs=build/test-logs
rm -rf "$logs"
mkdir -p "$logs"

part() { # part NAME BUILD_DIR MESON_TEST_ARGS... : runs a build's tests into logs/NAME
    name=$1 dir=$2
    shift 2
    started=$(date +%s)
    tests/support/with_postgres.sh meson test -C "$dir" --no-rebuild --print-errorlogs --num-processes 2 --timeout-multiplier 4 \
        --logbase "log-$name" "$@" >"$logs/$name.out" 2>&1 || { echo "part $name: a test failed" >&2; sed -n '1,200p' "$logs/$name.out" >&2; }
    cp "$dir/meson-logs/log-$name.txt" "$logs/$name.txt" 2>/dev/null || : >"$logs/$name.txt"
    echo "part $name: $(count_passed "$logs/$name.txt") passed, $(count_failed "$logs/$name.txt" "$logs/$name.out") failed, $(($(date +%s) - started)) s"
}

# cmocka says "[       OK ] name" for each test; scripts print the same line.
count_passed() { grep -ac '^\[       OK \]' "$1"; }

# What failed, by name: the last lines of a long log are often all that is kept of it.
name_failed() {
    grep -ahE '^\[  FAILED  \] [A-Za-z_]' "$logs"/*.txt | sort -u
    grep -ahE '(FAIL|TIMEOUT|ERROR) +[0-9.]+s' "$logs"/*.out | sort -u
}

# Failed tests by name, or, when a program died before it could say so, the program.
count_failed() {
    named=$(grep -a '^\[  FAILED  \] [A-Za-z_]' "$1" | sort -u | wc -l)
    programs=$(grep -aE '(FAIL|TIMEOUT|ERROR) +[0-9.]+s' "$2" | sort -u | wc -l) # said again in the summary
    if [ "$named" -gt "$programs" ]; then echo "$named"; else echo "$programs"; fi
}

build() { # build DIR OPTIONS... ; a build that fails is one failed test
    tools/build.sh "$@" && return 0
    echo "[  FAILED  ] build_$1" >>"$logs/build.txt"
    return 1
}

browsers() { # the served program in a browser: tests/web
    started=$(date +%s)
    tests/web/run.sh >"$logs/web.txt" 2>"$logs/web.out" || { echo "part web: a test failed" >&2; grep -v '^\[       OK' "$logs/web.txt" | head -n 200 >&2; }
    echo "part web: $(count_passed "$logs/web.txt") passed, $(count_failed "$logs/web.txt" "$logs/web.out") failed, $(($(date +%s) - started)) s"
}

: >"$logs/build.txt"
: >"$logs/build.out"
build build && part ordinary build
if [ "${YZ_QUICK:-0}" = 0 ]; then
    [ -x build/yuanzhuo ] && browsers
    CC=clang build build-asan -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 &&
        part sanitizers build-asan --suite unit --suite contract --suite property --suite fuzz
    CC=clang build build-tsan -Db_sanitize=thread -Db_lundef=false -Doptimization=1 &&
        part threads build-tsan --suite threads
fi

passed=0
failed=$(count_failed "$logs/build.txt" "$logs/build.out")
for txt in "$logs"/*.txt; do
    [ "$txt" = "$logs/build.txt" ] && continue
    passed=$((passed + $(count_passed "$txt")))
    failed=$((failed + $(count_failed "$txt" "${txt%.txt}.out")))
done
[ "$passed" -gt 0 ] || failed=$((failed + 1))
[ "$failed" = 0 ] || name_failed
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
