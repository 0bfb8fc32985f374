#!/bin/sh
# The store against a model of it in Python: sequences of commits at random,
# by revision, imported, replayed and refused, and all that readers answer,
# by the index and without.  ESC_LONG makes more of them.
. "${0%/*}/../lib.sh"

command -v jq >/dev/null || skip_all 'needs jq'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
sequences=${STORE_SEQUENCES:-${ESC_LONG:+200}}
sequences=${sequences:-4}

run "${PYTHON:-python3}" "$TESTS/oracle/store_compare.py" --bin "$BIN" \
	--sequences "$sequences" --steps 24 --jobs "$(nproc)"
is "$status" 0 "$(printf '%s\n' "$out" | tail -n 1)"
[ "$status" -eq 0 ] || fail 'esc and the model differ' "$out" "$err"
done_testing
