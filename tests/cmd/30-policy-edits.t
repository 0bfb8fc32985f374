#!/bin/sh
# Random edits of the built-in policies: each is refused, found odd or taken;
# none ends a program.  POLICY_EDITS says how many of each, POLICY_SEED which.
. "${0%/*}/../lib.sh"

export ESC_NOW=2026-11-21T12:00:00Z
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99
n=${POLICY_EDITS:-${ESC_LONG:+2000}}
python=$(command -v "${PYTHON:-python3}") || skip_all 'needs python3'

"$python" "$TESTS/generate/policy_edits.py" . "${n:-200}" "${POLICY_SEED:-1}" \
	"$ROOT"/lib/policies/*.json
for name in customer-resolutions five-tier perfect-gym s-club; do
	for hundred in "$name"-??00.json; do
		hundred=${hundred%00.json}
		run esc-policy check "$hundred"??.json
		case $status in
		0 | 1 | 78) pass "$hundred" ;;
		*) fail "$hundred" "status $status" "$err" ;;
		esac
	done
done

# What loads can be shown.
for policy in *-????.json; do
	esc-policy list "$policy" >"$WORK/out" 2>"$WORK/err" || continue
	run esc-policy show "$policy"
	is "$status" 0 "show $policy"
done
done_testing
