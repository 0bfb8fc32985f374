#!/bin/sh
# Lines of legal length that a quadratic fold would hold up for minutes: the
# programs get 20 seconds of processor time each, and need a small part of one.
. "${0%/*}/../lib.sh"

python=$(command -v "${PYTHON:-python3}") || skip_all 'needs python3'
now=2026-11-22T12:00:00Z
esc-submit --policy s-club --now 2026-11-20T10:00:00Z --by kim --trigger policy-dispute \
	--created 2026-11-19T10:00:00Z --subject s --description d --requester-email pat@example.com |
	esc-triage --accept --now 2026-11-20T10:30:00Z --by bea >case
# shellcheck disable=SC3045 # dash has it
ulimit -t 20
while read -r kind n; do
	"$python" "$TESTS/hostile.py" "$kind" "$n" <case >line
	for program in esc-fold 'esc-note -m x' esc-sla-check esc-report; do
		# shellcheck disable=SC2086
		run $program --max-line 8M --now $now --by kim line
		is "$status" 0 "$n $kind: $program"
	done
done <<'EOT'
updated 14000
holds 14000
amended 12000
names 60000
reopened 10000
promoted 10000
EOT
done_testing
