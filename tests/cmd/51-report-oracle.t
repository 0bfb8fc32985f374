#!/bin/sh
# Every figure of esc-report, against its definition, on generated cases.
. "${0%/*}/../lib.sh"

command -v python3 >/dev/null || skip_all 'needs python3'
run python3 "$TESTS/report_oracle.py" --bin "$BIN" --cases 120 --reports 10 --seed 11
is "$status $err" '0 ' 'ten reports over periods and groups at random' || printf '%s\n' "$out"
[ "$status" = 0 ] || printf '%s\n' "$out" | cut -c1-500 | sed 's/^/#   /'
done_testing
