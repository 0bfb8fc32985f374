#!/bin/sh
# scan and jansson take the same texts and read the same values: generated
# ones, some of them damaged.  SCAN_TEXTS is how many; ESC_LONG: 5,000,000.
. "${0%/*}/../lib.sh"
tester=${BUILD:-$ROOT/build/release}/fuzz/scan_jansson
[ -x "$tester" ] || skip_all "no $tester: make units"

n=${SCAN_TEXTS:-${ESC_LONG:+5000000}}
run "$tester" "${n:-200000}" 1
is "$status" 0 "${n:-200000} texts, and no difference but the documented ones"
[ "$status" -eq 0 ] || fail 'the text' "$out" "$err"
done_testing
