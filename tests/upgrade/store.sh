#!/bin/sh
# Writes the stored schemas anew from the migrations of a build. Only before the version is released:
# afterwards they are history and must not change.
# usage: store.sh BUILD_DIR
cd "$(dirname "$0")/../.." || exit 1
YZ_STORE_UPGRADE=1 YZ_ROOT="$PWD" "${1:?usage: store.sh BUILD_DIR}/tests/tests_upgrade_upgrade_test"
