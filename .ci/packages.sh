#!/bin/sh
# Installs what is missing of the Debian packages PURPOSE needs: `build`, `test` or `bench`. Nothing missing: nothing happens.
# Ends with 69 and the command to type when it may not install.
set -eu

build="libsqlite3-dev libpq-dev libssl-dev libcurl4-openssl-dev pkg-config"
test="$build postgresql pgbouncer nginx python3 systemd"
bench="$test hugo"

case "${1:-}" in
build) wanted=$build ;;
test) wanted=$test ;;
bench) wanted=$bench ;;
*)
    echo "usage: $0 build|test|bench" >&2
    exit 64
    ;;
esac

missing=
for package in $wanted; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || :)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

install="apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "Packages are missing. Please run: sudo apt-get update && sudo $install" >&2
    exit 69
fi

echo "Installing:$missing"
# shellcheck disable=SC2086 # The words are meant to be split.
if ! { $as_root apt-get update --quiet --quiet &&
    $as_root env DEBIAN_FRONTEND=noninteractive $install --quiet --quiet; }; then
    echo "The packages cannot be installed; try by hand: apt-get update && $install" >&2
    exit 69
fi
