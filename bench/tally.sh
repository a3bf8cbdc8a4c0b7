#!/bin/sh
# Measures reading and counting of elections and writes bench/tally.md. Ratios of times of the
# processor, both sides in turns in one process. usage: tally.sh [ROUNDS]; TALLY_BALLOTS for the
# stream (default 100000000).
set -u
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
root=$(pwd)
rounds=${1:-15}
ballots=${TALLY_BALLOTS:-100000000}
folder=$root/../shared/data/pabulib/files
tools/build.sh build || exit 1
bench=$root/build/bench/bench_tally
dir=$(mktemp -d "${TMPDIR:-/tmp}/yz_tally_XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
value() { awk -v name="$2" '$1 == name {print $2}' "$1"; }
seconds() { awk -v a="$1" 'BEGIN {printf "%.1f", a}'; }

{
    echo "# bench: tally"
    echo "\`make bench-tally\` (bench/tally.sh). Times are of the processor, the least of $rounds rounds, both sides in turns; read the ratios."
    echo "Written by the run of $(date +%F): $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), load before $(cut -d' ' -f1 /proc/loadavg)."
    echo
    echo "| file | a loop that counts separators, of the time of parsing (wanted ≥ 0.25) | greedy, of the time of parsing (≤ 1.5) |"
    echo "|---|---|---|"
} >"$dir/tally.md"
"$bench" generate 300000 300000 200 >"$dir/differ.pb"
"$bench" generate 300000 3000 200 >"$dir/repeat.pb"
parse_row() { # parse_row WHAT FILE
    "$bench" parse "$2" "$rounds" >"$dir/out" || exit 1
    echo "| $1 | $(value "$dir/out" parse_ratio) | $(value "$dir/out" greedy_ratio) |" >>"$dir/tally.md"
}
parse_row "300,000 ballots made here, all different" "$dir/differ.pb"
parse_row "300,000 ballots made here, 3,000 different" "$dir/repeat.pb"
for name in Poland_Warszawa_2026 Hungary_Budapest_2024 Netherlands_Amsterdam_335; do
    [ -f "$folder/$name.pb" ] && parse_row "$name" "$folder/$name.pb"
done
{
    echo
    echo "| equal shares, cost utility | plain exact (tests/support/voter_shares.c), s | ours, s | ratio | ours with add1e, s |"
    echo "|---|---|---|---|---|"
} >>"$dir/tally.md"
shares_row() {
    "$bench" shares "$2" 1 >"$dir/out" || exit 1
    echo "| $1 | $(value "$dir/out" plain_s) | $(value "$dir/out" ours_s) | $(value "$dir/out" plain_ratio) | $(value "$dir/out" add1e_s) |" >>"$dir/tally.md"
}
"$bench" generate 10000 10000 60 >"$dir/small.pb"
shares_row "10,000 ballots made here" "$dir/small.pb"
for name in Poland_Warszawa_2026 Hungary_Budapest_2024 Netherlands_Amsterdam_335; do
    [ -f "$folder/$name.pb" ] && shares_row "$name" "$folder/$name.pb"
done
{
    echo
    echo "| \`yuanzhuo tally --rule equal-shares --complete add1e\`, reading included | processor, s | of the one before (≤ 13) | memory, MB |"
    echo "|---|---|---|---|"
} >>"$dir/tally.md"
before=0
for n in 100000 1000000 10000000; do
    "$bench" generate "$n" $((n / 10)) 200 >"$dir/g.pb"
    command time -f '%U %S %M' -o "$dir/time" build/yuanzhuo tally "$dir/g.pb" --rule equal-shares --complete add1e --format json >/dev/null || exit 1
    awk -v n="$n" -v before="$before" '{t = $1 + $2; printf "| %d ballots, a tenth different, 200 projects | %.2f | %s | %.0f |\n", n, t, before > 0 ? sprintf("%.1f", t / before) : "–", $3 / 1024}' "$dir/time" >>"$dir/tally.md"
    before=$(awk '{print $1 + $2}' "$dir/time")
done
rm -f "$dir/g.pb"
began=$(date +%s)
"$bench" generate "$ballots" $((ballots / 100)) 1000 |
    command time -f '%U %S %M' -o "$dir/time" build/yuanzhuo tally - --rule equal-shares --complete add1e --format json >/dev/null || exit 1
took=$(($(date +%s) - began))
awk -v n="$ballots" -v took="$took" '{printf "| %d ballots from a pipe, a hundredth different, 1000 projects: %d s by the clock (≤ 60) | %.1f | – | %.0f (≤ 4096) |\n", n, took, $1 + $2, $3 / 1024}' "$dir/time" >>"$dir/tally.md"
if [ -f "$folder/../expected.jsonl" ]; then
    command time -f '%U %S' -o "$dir/time" env YZ_ROOT="$root" build/tests/tests_property_pabulib_records_test >"$dir/out" 2>&1
    echo >>"$dir/tally.md"
    awk '{printf "All records of expected.jsonl, each with reading its file: %.1f s (wanted ≤ 10). ", $1 + $2}' "$dir/time" >>"$dir/tally.md"
    grep -h "^of " "$dir/out" >>"$dir/tally.md"
fi
[ -f bench/tally_bounds.md ] && { echo; cat bench/tally_bounds.md; } >>"$dir/tally.md"
cat "$dir/tally.md"
cp "$dir/tally.md" bench/tally.md
