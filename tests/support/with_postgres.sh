#!/bin/sh
# Runs a command with a private PostgreSQL cluster and stops it afterwards, whatever happens.
# usage: with_postgres.sh COMMAND...
# Exports YZ_TEST_POSTGRES, a connection string of an empty database. The cluster lives in a
# temporary folder, listens on a free port of 127.0.0.1 only and, to be quick, does not sync to disk;
# YZ_PG_FSYNC=1 makes it sync.
set -u
[ $# -gt 0 ] || { echo "usage: with_postgres.sh COMMAND..." >&2; exit 2; }

bin=$(pg_config --bindir 2>/dev/null || true)
[ -x "$bin/initdb" ] || bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "with_postgres.sh: PostgreSQL is not installed" >&2; exit 1; }

dir=$(mktemp -d "${TMPDIR:-/tmp}/yz_postgres_XXXXXX") || exit 1
as=""
if [ "$(id -u)" = 0 ]; then
    as="runuser -u postgres --"
    chown postgres "$dir"
fi

stop() {
    trap '' INT TERM HUP
    [ -f "$dir/data/postmaster.pid" ] &&
        (cd "$dir" && $as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1)
    rm -rf "$dir"
}
child=""
trap 'stop' EXIT
trap '[ -n "$child" ] && kill -TERM "$child" 2>/dev/null; exit 130' INT
trap '[ -n "$child" ] && kill -TERM "$child" 2>/dev/null; exit 143' TERM HUP

cd_run() { (cd "$dir" && $as "$@"); }

cd_run "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C -N >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; exit 1; }

sync=off
[ "${YZ_PG_FSYNC:-0}" = 1 ] && sync=on
start() { # start PORT
    cd_run "$bin/pg_ctl" -D "$dir/data" -w -t 30 -l "$dir/data/server.log" start -o "-p $1 \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c fsync=$sync \
        -c full_page_writes=$sync -c synchronous_commit=$sync -c max_connections=200 \
        -c shared_buffers=64MB" >/dev/null 2>&1
}
# A port may be taken between the choice and the start: try a few.
port="" try=0
while [ "$try" -lt 20 ]; do
    try=$((try + 1))
    port=$((20000 + ($$ * 7 + try * 131 + $(date +%s)) % 30000))
    start "$port" && break
    port=""
done
[ -n "$port" ] || { cat "$dir/data/server.log" >&2; echo "with_postgres.sh: no server" >&2; exit 1; }
cd_run "$bin/createdb" -h 127.0.0.1 -p "$port" -U postgres test || exit 1

YZ_TEST_POSTGRES="host=127.0.0.1 port=$port user=postgres dbname=test"
export YZ_TEST_POSTGRES
"$@" &
child=$!
wait "$child"
exit $?
