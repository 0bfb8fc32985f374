#!/bin/sh
# Generated records with unknown fields, odd numbers and every escape, through
# every filter: what a filter did not change is the same, byte for byte.
# BYTES_RECORDS says how many, BYTES_SEED which.
. "${0%/*}/../lib.sh"

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
records=${BYTES_RECORDS:-${ESC_LONG:+100000}}
records=${records:-2000}
python=$(command -v "${PYTHON:-python3}") || skip_all 'needs python3'

check() {
	run "$python" "$TESTS/generate/check.py" "$@"
}

check --bin "$BIN" --records "$records" --seed "${BYTES_SEED:-1}"
is "$status" 0 "$(printf '%s\n' "$out" | tail -n 1)"
[ "$status" -eq 0 ] || fail 'bytes differ' "$out" "$err"
is "$(printf '%s\n' "$out" | grep -c ' changed 0 ')" 2 'all but esc-pick had something to change'
printf '%s\n' "$out" | sed 's/^/# /'

# The check can fail: a filter that decodes and encodes anew is found out.
mkdir fake
cat >fake/esc-pick <<END
#!$python
import json, sys
for i, name in enumerate(sys.argv):
    if name == "--reject":
        open(sys.argv[i + 1], "w").close()
for line in sys.stdin:
    print(json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")))
END
cat >fake/esc-note <<END
#!/bin/sh
'$BIN/esc-note' "\$@" | sed 's/,"judged":/,"JUDGED":/; s/78\\.34/78.340000000000003/'
END
cp "$BIN/esc-fold" fake
chmod +x fake/*
check --bin fake --records 200 --only esc-pick
like "$out" 'bytes changed' 'a reader that writes JSON anew is found'
cp "$BIN/esc-pick" fake
check --bin fake --records 200 --only 'esc-note -m'
is "$status" 1 'so is a writer that rounds a number'

done_testing
