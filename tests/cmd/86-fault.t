#!/bin/sh
# A taste of the fault tests (tests/fault, make check-fault): a few points of
# each, so that a promise that is broken everywhere is seen at once.
. "${0%/*}/../lib.sh"

python=$(command -v "${PYTHON:-python3}") || skip_all 'needs python3'
tools=${BUILD:-$ROOT/build/release}/fault
[ -x "$tools/sysfault" ] || skip_all 'needs sysfault (make units)'
"$tools/sysfault" none 0 all -- true || skip_all 'needs ptrace'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

# taste FIGURE SHARE: its line is the name of the test.
taste() {
	run "$python" "$TESTS/fault/run.py" --bin "$BIN" --tools "$tools" --jobs 1 \
		--only "$1" --share "$2" --discard
	is "$status" 0 "$(printf '%s\n' "$out" | head -n 1)"
	[ "$status" -eq 0 ] || fail "$1" "$out" "$err"
}

taste 'P1 simulated power cut' 0.015
taste 'P2 kill at every call' 0.01
taste 'P3 error at every call' 0.005
taste 'P4 a failed sync' 0.1
taste 'P5 compare and set' 0.005
taste 'P6 replay' 0.02
taste 'P7 altered bytes' 0.01
taste 'P11 damaged' 0.05
taste 'P14 erasure' 0.1

done_testing
