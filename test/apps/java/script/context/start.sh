#!/bin/sh
set -e
TIDE=$(date -u -d @0 +%Y)
export TIDE
exec "$@"
