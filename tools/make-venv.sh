#!/bin/sh
# Make .venv; install what the system lacks where that is allowed, else print the one line to type.
set -eu
python="${PYTHON:-python3}"
command -v "$python" >/dev/null 2>&1 || { echo "Python 3.11 or newer is needed: apt-get install python3" >&2; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; '$python' is $("$python" --version). Use make PYTHON=python3.11 …" >&2; exit 1; }
if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv module is missing. Type:  sudo apt-get install -y python3-venv   and run make again." >&2; exit 1
    fi
fi
"$python" -m venv .venv
