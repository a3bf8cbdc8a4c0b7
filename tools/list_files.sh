#!/bin/sh
# Lists the source files of one kind, relative to the root, one a line, in byte order.
# usage: list_files.sh KIND      (kinds below; "all" for what `make build` watches)
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C
case "$1" in
base)       find src/base -name '*.c' ! -name '*_test.c' ;;
pure)       find src/tally src/opinion src/order src/ledger -name '*.c' ! -name '*_test.c' 2>/dev/null ;;
tally)      find src/tally -name '*.c' ! -name '*_test.c' ;;
platform)   find src/platform -name '*.c' ! -name '*_test.c' ! -name 'photo_child.c' ;;
features)   find src/features -name '*.c' ! -name '*_test.c' ;;
main)       find src/main -name '*.c' ! -name '*_test.c' ;;
tests)      find src tests -name '*_test.c' ;;
test_sql)   find tests -name '*.sql' ! -path '*/stored/*' ;;
support)    find tests/support -name '*.c' ! -name '*_test.c' ;;
fuzz)       find tests/fuzz -name 'fuzz_*.c' ;;
sql)        find src/platform src/features -name '*.sql' ! -path '*/migrations/*' ;;
migrations) find src/platform/db/migrations -name '*.sql' ;;
html)       find src/platform src/features -name '*.html' ;;
text)       find src/platform src/features -name '*.text' ;;
templates)  find src/features/programmes/templates -name '*.ini' ;;
holidays)   find data/holidays -name '*.ini' ;;
assets)     find src/platform/html/assets -type f ! -name README.md ;;
style)      find src/platform/html/style -name '*.css' ;;
all)        find src tests tools bench data/holidays -type f ;;
*) echo "list_files.sh: unknown kind $1" >&2; exit 2 ;;
esac | sort
