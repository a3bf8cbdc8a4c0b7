#!/bin/sh
# Measures reading and counting of elections and writes bench/tally.md; about seven minutes. Ratios of
# times of the processor, both sides in turns in one process. A step that fails or takes too long
# leaves a row that says so. usage: tally.sh [ROUNDS]; TALLY_BALLOTS for the stream (default
# 100000000).
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C.UTF-8
root=$(pwd)
rounds=${1:-15}
ballots=${TALLY_BALLOTS:-100000000}
folder=$root/../shared/data/pabulib/files
tools/build.sh build || exit 1
bench=$root/build/bench/bench_tally
yuanzhuo=$root/build/yuanzhuo
dir=$(mktemp -d "${TMPDIR:-/tmp}/yz_tally_XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
value() { awk -v name="$1" '$1 == name {print $2}' "$dir/out"; }
say() { echo "$*" >>"$dir/tally.md"; }
load() { cut -d' ' -f1 /proc/loadavg; }
# measure SECONDS COMMAND...: its lines into $dir/out. Not by ulimit or prlimit: under a limit of the
# processor's time its clock moves in steps of a tick.
measure() {
    limit=$1
    shift
    timeout "$limit" "$@" >"$dir/out" 2>"$dir/err" && return 0
    echo "bench-tally: $* failed or took over $limit s" >&2
    return 1
}

say "# bench: tally"
say "\`make bench-tally\` (bench/tally.sh), times of the processor. Read the ratios."
say "Written by the run of $(date +%F): $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), load before $(load)."
say
say "## Reading"
say "The middle of $rounds rounds, each a loop that counts separators, then reading, then greedy."
say
say "| file | a loop that counts separators, of the time of reading (wanted ≥ 0.25) | greedy, of the time of reading (≤ 1.5) |"
say "|---|---|---|"
parse_row() { # parse_row WHAT FILE
    if measure 60 "$bench" parse "$2" "$rounds"; then
        say "| $1 | $(value parse_ratio) | $(value greedy_ratio) |"
    else
        say "| $1 | failed | |"
    fi
}
"$bench" generate 300000 300000 200 >"$dir/g.pb"
parse_row "300,000 ballots made here, all different" "$dir/g.pb"
"$bench" generate 300000 3000 200 >"$dir/g.pb"
parse_row "300,000 ballots made here, 3,000 different" "$dir/g.pb"
for name in Poland_Warszawa_2026 Hungary_Budapest_2024 Poland_Krakow_2023_Pradnik_Bialy Netherlands_Amsterdam_335; do
    [ -f "$folder/$name.pb" ] && parse_row "$name" "$folder/$name.pb"
done
: >"$dir/ratios"
for file in "$folder"/*.pb; do
    [ -f "$file" ] && measure 60 "$bench" parse "$file" $((rounds * 3)) &&
        echo "$(value parse_ratio) $(value greedy_ratio) $(basename "$file" .pb)" >>"$dir/ratios"
done
if [ -s "$dir/ratios" ]; then
    sort -n "$dir/ratios" >"$dir/sorted"
    awk 'NR == 1 {least = $1; name = $3} {all[NR] = $1; below += ($1 < 0.25); slow = ($2 > slow) ? $2 : slow}
        END {printf "| all %d shared files: the least (%s); the middle %s; %d below 0.25 | %s | at most %s |\n",
             NR, name, all[int((NR + 1) / 2)], below, least, slow}' "$dir/sorted" >>"$dir/tally.md"
fi

say
say "## Equal shares, utility cost"
say "Beside tests/support/voter_shares.c: the definition, a rational number for each voter, every price anew in every round. With add1e it runs"
say "anew for every step, so both sides get an increment of a few steps; in brackets the steps. The last column is ours with an increment of 1."
say
say "| file | plain exact, s | ours, s | ratio | plain with add1e, s | ours, s | ratio | ours, increment 1, s |"
say "|---|---|---|---|---|---|---|---|"
shares_row() { # shares_row WHAT FILE
    if measure 120 "$bench" shares "$2" 1; then
        say "| $1 | $(value plain_s) | $(value ours_s) | $(value plain_ratio) | $(value plain_steps_s) | $(value our_steps_s) ($(value few_steps)) | $(value steps_ratio) | $(value add1e_s) ($(value steps)) |"
    else
        say "| $1 | failed, or over 120 s | | | | | | |"
    fi
}
"$bench" generate 10000 10000 60 >"$dir/g.pb"
shares_row "10,000 ballots made here" "$dir/g.pb"
for name in Hungary_Budapest_2024 Netherlands_Amsterdam_335 Poland_Krakow_2023_Pradnik_Bialy; do
    [ -f "$folder/$name.pb" ] && shares_row "$name" "$folder/$name.pb"
done

say
say "## Growth"
say "\`yuanzhuo tally --rule equal-shares --complete add1e\`, reading included."
say
say "| ballots | processor, s | of the one before (≤ 13) | memory, MB |"
say "|---|---|---|---|"
count() { # count SECONDS FILE...: user, system, memory into $dir/time
    limit=$1
    shift
    command time -q -f '%U %S %M' -o "$dir/time" timeout "$limit" "$yuanzhuo" tally "$@" --rule equal-shares --complete add1e --format json >/dev/null
}
before=0
for n in 100000 1000000 10000000; do
    "$bench" generate "$n" $((n / 10)) 200 >"$dir/g.pb"
    if count 150 "$dir/g.pb"; then
        awk -v n="$n" -v before="$before" '{t = $1 + $2; ratio = (before > 0) ? sprintf("%.1f", t / before) : "–"; printf "| %d, a tenth different, 200 projects | %.2f | %s | %.0f |\n", n, t, ratio, $3 / 1024}' "$dir/time" >>"$dir/tally.md"
        before=$(awk '{print $1 + $2}' "$dir/time")
    else
        say "| $n, a tenth different | failed, or over 150 s | | |"
        before=0
    fi
done
rm -f "$dir/g.pb"
began=$(date +%s)
if "$bench" generate "$ballots" $((ballots / 100)) 1000 | count 180 -; then
    took=$(($(date +%s) - began))
    awk -v n="$ballots" -v took="$took" '{printf "| %d from a pipe, a hundredth different, 1000 projects: %d s by the clock (≤ 60) | %.1f | – | %.0f (≤ 4096) |\n", n, took, $1 + $2, $3 / 1024}' "$dir/time" >>"$dir/tally.md"
else
    say "| $ballots from a pipe | failed, or over 180 s | | |"
fi
say
if [ -f "$folder/../expected.jsonl" ]; then
    command time -f '%U %S' -o "$dir/time" env YZ_ROOT="$root" build/tests/tests_property_pabulib_records_test >"$dir/out" 2>&1
    awk 'NF == 2 {printf "All records of expected.jsonl, each with reading its file: %.1f s (wanted ≤ 10). ", $1 + $2}' "$dir/time" >>"$dir/tally.md"
    grep -h "^of " "$dir/out" >>"$dir/tally.md"
fi
say "Load after: $(load)."
[ -f bench/tally_bounds.md ] && { say; cat bench/tally_bounds.md >>"$dir/tally.md"; }
cat "$dir/tally.md"
cp "$dir/tally.md" bench/tally.md
