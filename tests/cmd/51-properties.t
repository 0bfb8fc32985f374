#!/bin/sh
# What holds for every case, on generated records: a note takes none from
# those due, no end wipes a breach, verdicts go one way; and what commands
# append says what they stopped, and folds to what they wrote.
. "${0%/*}/../lib.sh"

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
cases=${ORACLE_CASES:-${ESC_LONG:+100000}}
cases=${cases:-3000}

for property in properties commands; do
	run "${PYTHON:-python3}" "$TESTS/oracle/compare.py" --bin "$BIN" \
		--seed 2 --cases "$cases" --only "$property"
	is "$status" 0 "$property: $(printf '%s\n' "$out" | tail -n 1)"
	[ "$status" -eq 0 ] || fail "$property differ" "$out" "$err"
done

done_testing
