#!/bin/sh
# Verdicts as time passes, on generated cases under generated policies and the
# built-in ones: as a slow definition has them (tests/oracle from the events,
# tests/property minute by minute); never better by time alone; --next exact,
# for a case and for a stream; --explain without gaps, adding up to what
# elapsed.  ORACLE_CASES is how many; ESC_LONG makes it 100,000.
. "${0%/*}/../lib.sh"

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
driver=${BUILD:-$ROOT/build/release}/property/verdicts
[ -x "$driver" ] || skip_all "no $driver: make units"
cases=${ORACLE_CASES:-${ESC_LONG:+100000}}
cases=${cases:-500}
batch=$((cases < 2000 ? (cases + 1) / 2 : 1000))

run "${PYTHON:-python3}" "$TESTS/oracle/compare.py" --bin "$BIN" \
	--driver "$driver" --seed 52 --cases "$cases" --batch "$batch" \
	--only verdicts --only timeline --only next --only explain
is "$status" 0 "seed 52, $(printf '%s\n' "$out" | tail -n 1)"
[ "$status" -eq 0 ] || fail 'esc and the slow definitions differ' "$out" "$err"
printf '%s\n' "$out" | sed 's/^/# /'

done_testing
