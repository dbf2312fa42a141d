#!/bin/sh
set -e
export GREETING="${GREETING:-Ahoy}"
exec "$@"
