#!/bin/sh
# The browser tests: one demonstration is filled, each test serves its own copy. Prints cmocka's lines.
# usage: run.sh [inspect matrix abuse journey delivery stories photos letters round round_b walk]; YZ_FULL=1: the walk in
# every setting; needs node, Debian's chromium, node_modules (tools/deps.sh test) and build/yuanzhuo (YZ_PROGRAM names another).
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
if ! "${YZ_PROGRAM:-build/yuanzhuo}" demo --small --fill-only --dir "$work/demo" >"$work/fill.out" 2>&1; then
    cat "$work/fill.out"
    echo "[  FAILED  ] the_demonstration_is_filled_for_the_browser_tests"
    exit 1
fi
export YZ_DEMO="$work/demo"
names=${*:-inspect matrix abuse journey delivery stories photos letters round round_b walk}

run_one() { # run_one NAME: what it prints into NAME.out, its exit code into NAME.code
    timeout 1800 node "tests/web/$1_test.js" >"$work/$1.out" 2>&1
    echo $? >"$work/$1.code"
}

# The walk is as long as all others together: it runs beside them.
case " $names " in *' walk '*) run_one walk & ;; esac
for name in $names; do
    [ "$name" = walk ] || run_one "$name"
done
wait
status=0
for name in $names; do
    cat "$work/$name.out"
    [ "$(cat "$work/$name.code")" = 0 ] && continue
    status=1
    # A test that died before it could say so is a failure with a name.
    grep -q '^\[  FAILED  \]' "$work/$name.out" || echo "[  FAILED  ] tests_web_${name}_runs_to_its_end"
done
exit $status
