#!/bin/sh
# Installs what is missing. usage: deps.sh build|test
# Quick when nothing is missing: one dpkg query and one comparison of lock files.
set -eu
cd "$(dirname "$0")/.."
list=$(sed 's/#.*//' tools/packages-build.txt)
# npm comes with Node.js from elsewhere on some machines, so it is asked for by command.
command -v npm >/dev/null 2>&1 || list="$list npm"
[ "${1:-build}" = test ] && list="$list $(sed 's/#.*//' tools/packages-test.txt)"

missing_packages() {
    for package in $list; do
        dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$package" 2>/dev/null | grep -q '^installed ' || echo "$package"
    done
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    for tool in gcc meson ninja pkg-config npm; do
        command -v "$tool" >/dev/null 2>&1 || absent="${absent:-} $tool"
    done
    if [ -n "${absent:-}" ]; then
        echo "This script installs packages on Debian 12. Elsewhere, please install:" >&2
        echo "  the tools:$absent" >&2
        echo "  and what these Debian packages are called on your system:" >&2
        for package in $list; do echo "    $package" >&2; done
        exit 1
    fi
else
    # One query for all is fast; only when it finds a gap are they asked for singly.
    want=$(echo $list | wc -w)
    have=$(dpkg-query -W -f '${db:Status-Status}\n' $list 2>/dev/null | grep -c '^installed$' || true)
    if [ "$have" -ne "$want" ]; then
        missing=$(missing_packages)
        sudo=
        if [ "$(id -u)" != 0 ]; then
            command -v sudo >/dev/null 2>&1 || { echo "Please install as root:" $missing >&2; exit 1; }
            sudo=sudo
        fi
        echo "installing:" $missing
        export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
        mkdir -p build
        $sudo apt-get update -q >/dev/null
        $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends $missing >build/packages.log 2>&1 ||
            { tail -20 build/packages.log >&2; echo "The packages could not be installed; the whole log is in build/packages.log." >&2; exit 1; }
        rm -f build/packages.log
    fi
fi

if [ -f package-lock.json ] && ! cmp -s package-lock.json node_modules/.lock-of-this-install; then
    echo "fetching front-end files (package-lock.json)"
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.lock-of-this-install
fi
