#!/bin/sh
# The browser tests need a Chromium with fonts for Cyrillic and Arabic; install them where that is allowed, else print the line to type.
set -eu
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core >/dev/null
else
    echo "Chromium is missing. Type:  sudo apt-get install -y chromium fonts-noto-core   and run make again." >&2; exit 1
fi
