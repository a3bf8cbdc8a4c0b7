#!/bin/sh
# Everything that reads the sources: both compilers with warnings as errors, the room rules, the
# format, cppcheck and clang-tidy. Ends with "lint: clean", or with what is not.
# usage: lint.sh [FILE.c...]     given files: only these by clang-tidy
set -u
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
failed=0

check() { # check NAME COMMAND...: prints what a command that fails has to say
    name=$1
    shift
    said=$("$@" 2>&1) && return 0
    echo "lint: $name" >&2
    echo "$said" | head -200 >&2
    failed=1
}

sources() { tools/list_files.sh all | grep -E '\.[ch]$' | grep -v '^tools/testdata/'; }

run_cppcheck() {
    cppcheck --quiet -j2 --error-exitcode=1 --enable=warning,performance,portability --std=c11 -D_GNU_SOURCE \
        --inline-suppr --library=tools/cppcheck.cfg --suppressions-list=tools/cppcheck_suppressions.txt \
        --suppress=missingInclude -Isrc -Ibuild/src -Ibuild/tests -Itests/support -I. $(sources | grep '\.c$')
}

# Findings are warnings for clang-tidy; any is a failure here.
run_clang_tidy() {
    files=${*:-$(sources | grep '\.c$')}
    found=$(echo "$files" | tr ' ' '\n' | xargs -P 2 -n 4 clang-tidy -p build --quiet 2>/dev/null | grep -A4 -E '(warning|error): ')
    [ -z "$found" ] && return 0
    echo "$found"
    return 1
}

check "gcc" tools/build.sh build
CC=clang check "clang" tools/build.sh build-clang
check "rooms" build/tools/check_rooms .
check "format (make format)" sh -c "$(echo clang-format --dry-run -Werror $(sources))"
check "cppcheck" run_cppcheck
check "clang-tidy" run_clang_tidy "$@"
[ "$failed" = 0 ] && echo "lint: clean"
exit "$failed"
