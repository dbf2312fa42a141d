#!/bin/bash
if [[ "$1" == "" ]]; then
  set -- report
fi
exec python -m "$1" "${@:2}"
