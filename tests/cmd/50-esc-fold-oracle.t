#!/bin/sh
# The fold, its clocks and verdicts: the rules worked out by hand, and
# generated records against the slow second implementation in tests/oracle.
# ORACLE_CASES is how many; ESC_LONG makes it 100,000.
. "${0%/*}/../lib.sh"

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
oracle=$TESTS/oracle
python=${PYTHON:-python3}
cases=${ORACLE_CASES:-${ESC_LONG:+100000}}
cases=${cases:-3000}

run "$python" "$oracle/vectors.py" "$DATA/vectors"
is "$status" 0 "the oracle's business time: $out"

run "$python" "$oracle/rules.py" --bin "$BIN" --rules "$TESTS/rules/fold.tsv" \
	--policies "$DATA/fold"
is "$(printf '%s\n' "$out" | grep -A9 '^not ok')" '' 'the rules of fold.tsv'
is "$status" 0 "all $(printf '%s\n' "$out" | grep -c '^ok') of them"

run "$python" "$oracle/compare.py" --bin "$BIN" --cases "$cases" \
	--only fold --only verdicts
is "$status" 0 "$(printf '%s\n' "$out" | tail -n 1)"
[ "$status" -eq 0 ] || fail 'esc and the oracle differ' "$out" "$err"

done_testing
