# sla.sh: cases that between them have every verdict, and what reads the
# formats of esc-sla-check.  Sourced after lib.sh and story.sh.
# shellcheck shell=sh disable=SC2034,SC2154

SLA_NOW=2026-11-18T15:00:00Z
sla_n=0

# sla_open TIME: a new case in `case`, accepted at tier 1, under s-club: within
# one business day.
sla_open() {
	sla_n=$((sla_n + 1))
	submit "$1" --policy s-club --trigger unresolved --subject "Case $sla_n" \
		--description D --requester-email kim@example.org
	at "$1" esc-triage --auto
}

# sla_top [OPTION...]: `case` goes up to the last tier.
sla_top() {
	at 2026-11-16T11:00:00Z esc-promote -m up
	at 2026-11-16T12:00:00Z esc-promote -m up
	at 2026-11-16T13:00:00Z esc-promote -m up "$@"
}

sla_keep() {
	cat case >>"$1"
}

# sla_cases FILE: ten cases; at $SLA_NOW every verdict is there but none.
sla_cases() {
	: >"$1"
	sla_open 2026-11-16T10:00:00Z
	sla_keep "$1" # breached
	sla_open 2026-11-18T14:00:00Z
	sla_keep "$1" # ok
	sla_open 2026-11-17T11:00:00Z
	sla_keep "$1" # risk
	sla_open 2026-11-17T11:00:00Z
	at 2026-11-17T15:00:00Z esc-note --pause -m wait
	sla_keep "$1" # paused
	sla_open 2026-11-16T10:00:00Z
	at 2026-11-18T09:00:00Z esc-note --pause -m wait
	sla_keep "$1" # paused-breached
	sla_open 2026-11-16T10:00:00Z
	at 2026-11-16T12:00:00Z esc-resolve --outcome resolved -m done
	sla_keep "$1" # met
	sla_open 2026-11-16T10:00:00Z
	at 2026-11-18T09:00:00Z esc-resolve --outcome resolved -m done
	sla_keep "$1" # missed
	sla_open 2026-11-17T11:00:00Z
	at 2026-11-17T12:00:00Z esc-triage --cancel -m no
	sla_keep "$1" # ended
	sla_open 2026-11-16T10:00:00Z
	sla_top
	sla_keep "$1" # open-ended
	sla_open 2026-11-16T10:00:00Z
	sla_top --due 2026-11-18T12:00:00Z
	sla_keep "$1" # exhausted
}

# sla_hostile FILE: one breached case whose subject is after every format.
sla_hostile() {
	# shellcheck disable=SC2016 # backticks and dollars are part of it
	submit 2026-11-16T10:00:00Z --policy s-club --trigger unresolved --description D \
		--subject "$(printf '# TODO \\ # SKIP ok 3 - x %%0A::error::|a|`b`<b>&amp;]]>"\047\033[2J\001\302\205\342\200\256rtl\357\277\277 *c* [l](http://x) @you $x$ :tada:\nBail out!\r\n::warning::w\n1..1\n')"
	at 2026-11-16T10:00:00Z esc-triage --auto
	cp case "$1"
}

# tap_counts FILE: as TAP::Parser, which prove is made of, reads it.
tap_counts() {
	perl "$TESTS/tap_counts.pl" "$1"
}

# junit_valid FILE: says what is wrong, or nothing.
junit_valid() {
	xmllint --nonet --noout --schema "$DATA/junit/junit.xsd" "$1" 2>&1 |
		grep -v ' validates$'
}

# xpath FILE EXPRESSION
xpath() {
	xmllint --nonet --xpath "$2" "$1"
}

# sla_count FILE JQ: how many clocks of the verdicts in a jsonl answer JQ has.
sla_count() {
	jq -s "[.[].sla.clocks[]|select(.verdict!=\"ended\")|select($2)]|length" "$1"
}

# sla_python MODULE: a python that has it, or nothing: Debian's has what
# Debian packages, another one in the path may not.
sla_python() {
	for sla_python in python3 /usr/bin/python3; do
		if "$sla_python" -c "import $1" 2>/dev/null; then
			echo "$sla_python"
			return
		fi
	done
}

sla_formats='jsonl csv prometheus ics text tap junit nagios github'

# check OPTION... [FILE]: at $SLA_NOW, as it was before unless told otherwise.
check() {
	run esc-sla-check --now "$SLA_NOW" "$@"
}

# bad LEVEL: as a condition of jq on a clock.
bad() {
	case $1 in
	risk) echo '.verdict|IN("exhausted","breached","paused-breached","risk")' ;;
	breached) echo '.verdict|IN("exhausted","breached","paused-breached")' ;;
	missed) echo '.verdict|IN("exhausted","breached","paused-breached","missed")' ;;
	*) echo false ;;
	esac
}

# sla_levels: a line for each of --fail-on: its name, and jq's condition on a
# clock on which it fails.
sla_levels() {
	cat <<-'EOT'
		never false
		missed .verdict|IN("exhausted","breached","paused-breached","missed")
		breached .verdict|IN("exhausted","breached","paused-breached")
		risk .verdict|IN("exhausted","breached","paused-breached","risk")
	EOT
}
