#!/bin/sh
# Measures against peers in the same run and writes bench/README.md. Every figure is a ratio: both
# sides alternate in ROUNDS rounds, the medians are compared. usage: run.sh [ROUNDS]
set -u
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
root=$(pwd)
rounds=${1:-3}
seconds=${BENCH_SECONDS:-3}
tools/build.sh build || exit 1
bench=$root/build/bench/bench
export YZ_BUILD="$root/build"
dir=$(mktemp -d "${TMPDIR:-/tmp}/yz_bench_XXXXXX") || exit 1
mkdir "$dir/town" "$dir/start" "$dir/nginx"
server='' nginx=''
stop() {
    [ -n "$server" ] && kill "$server" 2>/dev/null
    [ -n "$nginx" ] && kill "$nginx" 2>/dev/null
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

median() { sort -n | awk '{v[NR] = $1} END {if (NR % 2) print v[(NR + 1) / 2]; else print (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
value() { awk -v name="$2" '$1 == name {print $2}' "$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", (b > 0) ? a / b : 0}'; }
mark() { awk -v a="$1" -v op="$2" -v b="$3" 'BEGIN {met = (op == ">=") ? (a >= b) : (a > 0 && a <= b); print met ? "yes" : "**no**"}'; }

# --- a page against nginx with 2 KB, and against a bare loop; servers on core 0, wrk on core 1
"$bench" prepare "$dir/town" >"$dir/prepared" 2>/dev/null || exit 1
page=$(value "$dir/prepared" page)
cookie=$(sed -n 's/^cookie //p' "$dir/prepared")
head -c 2048 /dev/zero | tr '\0' x >"$dir/body"
cat >"$dir/nginx/nginx.conf" <<CONF
worker_processes 1;
daemon off;
pid $dir/nginx/pid;
error_log stderr crit;
events { worker_connections 2048; }
http { access_log off; keepalive_requests 1000000000;
  server { listen 127.0.0.1:18091; location / { default_type text/html; return 200 "$(cat "$dir/body")"; } } }
CONF
taskset -c 0 nginx -p "$dir/nginx" -c "$dir/nginx/nginx.conf" 2>/dev/null &
nginx=$!
taskset -c 0 build/yuanzhuo serve --dir "$dir/town" --port 18092 >/dev/null 2>&1 &
server=$!
sleep 1
per_s() { # per_s CONNECTIONS URL [HEADER]
    taskset -c 1 wrk -t1 -c"$1" -d"${seconds}s" --timeout 10s -H "${3:-X-None: 1}" "$2" |
        awk '/Requests\/sec/ {rate = $2} /Non-2xx/ {bad = $NF} END {print (bad > 0) ? 0 : rate}'
}
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    for connections in 64 512; do
        per_s "$connections" http://127.0.0.1:18091/ >>"$dir/nginx_$connections"
        per_s "$connections" "http://127.0.0.1:18092$page" "Cookie: $cookie" >>"$dir/page_$connections"
    done
done
kill "$server" && wait "$server"
server=''
kill "$nginx"
nginx=''
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    taskset -c 0 "$bench" page "$dir/town" "$seconds" >"$dir/out" 2>/dev/null
    value "$dir/out" bare_per_s >>"$dir/page_bare"
done

# --- ballots
ballots() { # ballots NAME CLIENTS [POSTGRES]
    round=0
    while [ "$round" -lt "$rounds" ]; do
        round=$((round + 1))
        mkdir "$dir/$1_$round"
        "$bench" ballots "$dir/$1_$round" "$2" "$seconds" ${3:+"$3"} >"$dir/out" 2>/dev/null || continue
        for name in http_per_s bare_per_s p99_ms batch; do
            value "$dir/out" "$name" >>"$dir/$1.$name"
        done
    done
}
ballots sqlite_32 32
ballots sqlite_256 256
YZ_BENCH_SYNC_US=4000
export YZ_BENCH_SYNC_US
ballots slow_32 32
ballots slow_256 256
unset YZ_BENCH_SYNC_US
for clients in 32 256; do
    mkdir "$dir/floor_dir_$clients"
    "$bench" floor "$dir/floor_dir_$clients" "$clients" "$seconds" >"$dir/out" 2>/dev/null
    value "$dir/out" floor_per_s >"$dir/floor_$clients"
done
# Names of its own: with_postgres.sh has a $dir too.
BENCH=$bench BENCH_DIR=$dir ROUNDS=$rounds SECONDS_EACH=$seconds
export BENCH BENCH_DIR ROUNDS SECONDS_EACH
YZ_PG_FSYNC=1 tests/support/with_postgres.sh sh -c 'round=0
while [ "$round" -lt "$ROUNDS" ]; do
    round=$((round + 1))
    mkdir "$BENCH_DIR/postgres_$round"
    "$BENCH" ballots "$BENCH_DIR/postgres_$round" 32 "$SECONDS_EACH" "$YZ_TEST_POSTGRES" >"$BENCH_DIR/out" 2>/dev/null || continue
    for name in http_per_s bare_per_s p99_ms batch; do
        awk -v name="$name" "\$1 == name {print \$2}" "$BENCH_DIR/out" >>"$BENCH_DIR/postgres.$name"
    done
done'

# --- start and memory
"$bench" start "$dir/start" 100000 >"$dir/started" 2>/dev/null

# --- the page
m() { [ -s "$dir/$1" ] && median <"$dir/$1" || echo 0; }
row() { # row WHAT OURS PEER WANTED: a ratio
    r=$(ratio "$2" "$3")
    printf '| %s | %.0f | %.0f | **%s** | ≥ %s | %s |\n' "$1" "$2" "$3" "$r" "$4" "$(mark "$r" '>=' "$4")"
}
limit_row() { printf '| %s | %s | ≤ %s | %s |\n' "$1" "$2" "$3" "$(mark "$2" '<=' "$3")"; }
{
    echo "# bench"
    echo "\`make bench\` (bench/run.sh) measures each figure against a peer in the same run: both sides in $rounds"
    echo "alternating rounds of $seconds s, medians compared. Read the ratios; the absolutes are this machine's."
    echo "Written by the run of $(date +%F): $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo) GB, load before $(cut -d' ' -f1 /proc/loadavg)."
    echo
    echo "| a second | ours | peer | ratio | wanted | met |"
    echo "|---|---|---|---|---|---|"
    row "page of 16 rows, signed in, 64 connections; nginx returning 2 KB" "$(m page_64)" "$(m nginx_64)" 0.2
    row "the same, 512 connections" "$(m page_512)" "$(m nginx_512)" 0.2
    row "the same page without HTTP in a bare loop" "$(m page_64)" "$(m page_bare)" 0.5
    row "ballots, SQLite, 32 clients; bare loop, batches of $(m sqlite_32.batch)" "$(m sqlite_32.http_per_s)" "$(m sqlite_32.bare_per_s)" 0.5
    row "ballots, SQLite, 256 clients; bare loop, batches of $(m sqlite_256.batch)" "$(m sqlite_256.http_per_s)" "$(m sqlite_256.bare_per_s)" 0.5
    row "where a sync takes 4 ms longer: 32 clients; bare loop, batches of $(m slow_32.batch)" "$(m slow_32.http_per_s)" "$(m slow_32.bare_per_s)" 0.5
    row "the same, 256 clients; bare loop, batches of $(m slow_256.batch)" "$(m slow_256.http_per_s)" "$(m slow_256.bare_per_s)" 0.5
    row "ballots, PostgreSQL, 32 clients; four bare loops" "$(m postgres.http_per_s)" "$(m postgres.bare_per_s)" 0.5
    echo
    echo "| figure | measured | wanted | met |"
    echo "|---|---|---|---|"
    limit_row "99 of 100 ballots, SQLite, 32 clients (ms)" "$(m sqlite_32.p99_ms)" 150
    limit_row "the same, 256 clients (ms)" "$(m sqlite_256.p99_ms)" 150
    limit_row "the same where a sync takes 4 ms longer (ms)" "$(m slow_256.p99_ms)" 150
    limit_row "PostgreSQL, 32 clients (ms)" "$(m postgres.p99_ms)" 150
    limit_row "first answer after the start, $(value "$dir/started" people) people (ms)" "$(value "$dir/started" first_answer_ms)" 100
    limit_row "idle memory (kB)" "$(value "$dir/started" idle_kb)" 30720
    limit_row "1,000 idle connections add (kB)" "$(value "$dir/started" connections_kb)" 40960
    echo
    echo "The same clients and requests against workers that answer and do nothing else (\`bench floor\`):"
    echo "$(m floor_32) a second with 32 clients, $(m floor_256) with 256."
    echo
    echo "Servers and the bare page loop run on core 0, wrk on core 1 (\`wrk -t1 -cN -d${seconds}s\`); ballots and their"
    echo "clients share all cores. bench.h says what each measurement does."
    [ -f bench/bounds.md ] && { echo; cat bench/bounds.md; }
} >"$dir/README.md"
cat "$dir/README.md"
cp "$dir/README.md" bench/README.md
