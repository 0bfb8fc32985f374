#!/bin/sh
# scripts/completion.bash: options, and the names that may stand after them.
. "${0%/*}/../lib.sh"
command -v bash >/dev/null || skip_all 'needs bash'

# offers WANT WORD...: what is offered for the last of the words.
offers() {
	want=$1
	shift
	run bash -c '. "$0"; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _esc
		echo "${COMPREPLY[*]}"' "$ROOT/scripts/completion.bash" "$@"
	is "$status $out$err" "0 $want" "offered for: $*"
}

# --- switched on, from a checkout ---------------------------------------
run bash -c '. "$0"; complete -p' "$ROOT/scripts/completion.bash"
is "$(printf '%s\n' "$out" | grep -c '^complete -o filenames -F _esc esc[a-z-]*$')" \
	"$(find "$ROOT/cmd" -name 'esc*.c' | wc -l)" 'sourced from a checkout: every program'
run bash -c 'cd "$0" && . scripts/completion.bash && complete -p esc-pick' "$ROOT"
is "$status$err" 0 '... by a relative path'
run bash -c 'cd "$0/scripts" && . ./completion.bash && complete -p esc-pick' "$ROOT"
is "$status$err" 0 '... from its own folder'

# --- names --------------------------------------------------------------
: >form.jsonl
mkdir found && jq '.name = "sports"' "$ROOT/lib/policies/s-club.json" >found/sports.json
offers --policy esc-submit --pol
offers 'customer-resolutions five-tier perfect-gym s-club form.jsonl found' esc-submit --policy ''
export ESC_POLICY_PATH=found
offers 's-club sports' esc-submit --policy s
is "$out" "$(esc-policy list | awk '/^s/ { print $1 }' | paste -sd ' ')" '... as esc-policy list has them'
unset ESC_POLICY_PATH
offers five-tier esc-pick --policy-name f
offers five-tier esc-triage --repin fiv
offers 'servicenow-opened servicenow' esc-import --map serv
offers support-tickets esc-import -M s --map su
offers form.jsonl esc-submit --map for
offers 'text' esc-report --format t
offers 'jsonl text csv tap junit nagios prometheus github ics' esc-sla-check --format ''
offers 'text json' esc-policy --format ''
offers 'risk breached missed never' esc-sla-check --fail-on ''
offers 'paused-breached paused' esc-sla-check --verdict pa
offers 'breached,paused-breached breached,paused' esc-sla-check --verdict breached,pa
offers subject esc-sla-check --show ''
offers 'rfc3339 epoch systemd' esc-sla-check --time-format ''
offers s-club esc-sla-check --rejudge s-c
offers escalated esc-pick --state esc
offers submitted,closed esc-pick --state submitted,cl
offers same-time esc-calendar --day-ends s
offers json esc-report --format = j
offers 'text json csv markdown html' esc-report --format =
offers 'rejudged rejudged_times' esc-report --table rej
offers '' esc-note --set-due ''

# --- verbs --------------------------------------------------------------
offers 'check report help' esc ''
offers check esc ch
offers '--help --version' esc --
offers check esc help ch
offers '--state --store --strict' esc check --st
offers 'exhausted' esc check --verdict ex
offers 'text tap' esc check --open --format t
offers 'breached,met' esc check --verdict breached,met
offers 'paused-breached paused' esc check --verdict = paused
is "$(bash -c '. "$0"; COMP_WORDS=(esc check --) COMP_CWORD=2; _esc; printf "%s\n" "${COMPREPLY[@]}"' \
	"$ROOT/scripts/completion.bash")" "$(esc check --list-options | grep -o '^--[a-z-]*')" \
	'esc check --: every option'
offers '' esc nonsense --st

# --- operands -----------------------------------------------------------
offers form.jsonl esc-pick for
offers 'list show check' esc-policy ''
offers check esc-policy --format json c
offers 'perfect-gym' esc-policy show p
offers 'five-tier form.jsonl found' esc-policy check s-club f

done_testing
