#!/bin/sh
# The property tests can fail: bugs put into a copy of the source are found by
# 52-verdict-properties.t, 52-auto-catch-up.t and 52-sla-streams.t.
. "${0%/*}/../lib.sh"

[ -n "${ESC_LONG-}" ] || skip_all 'some minutes: ESC_LONG=1'
command -v "${CC:-cc}" >/dev/null || skip_all 'no compiler'

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
run "${PYTHON:-python3}" "$TESTS/property/seeded.py"
is "$status" 0 "$(printf '%s\n' "$out" | tail -n 1)"
printf '%s\n' "$out" | sed 's/^/# /'
done_testing
