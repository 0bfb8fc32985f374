#!/bin/sh
# The report of what esc-cat --since writes is that of all cases.
# ESC_LONG makes more of them.
. "${0%/*}/../lib.sh"

command -v python3 >/dev/null || skip_all 'needs python3'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
stores=${ESC_LONG:+40}
run python3 "$TESTS/report_since.py" --bin "$BIN" --stores "${stores:-2}"
is "$status $err" '0 ' 'reports over periods at random' || printf '%s\n' "$out" | cut -c1-500 | sed 's/^/#   /'
like "$out" '^[1-9][0-9]* of [0-9]+ cases left out$' 'and cases are left out'
done_testing
