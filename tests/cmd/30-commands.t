#!/bin/sh
# What each command may do in each state: tests/rules/commands.tsv.
. "${0%/*}/../lib.sh"

NOW=2026-11-16T12:00:00Z
act() { # TIME PROGRAM OPTION...: on the case so far
	at=$1
	program=$2
	shift 2
	"$program" --now "$at" --by bea "$@" <case >case.new && mv case.new case
}

# make NAME: a case in the state that the table names.
make() {
	esc-submit --policy s-club --now 2026-11-16T09:00:00Z --by kim --created 2026-11-16T09:00:00Z \
		--trigger unresolved --subject Missed --description 'Nobody came.' \
		--requester-email kim@example.org >case
	case $1 in
	submitted) return ;;
	acknowledged) act 2026-11-16T09:15:00Z esc-triage --ack && return ;;
	cancelled) act 2026-11-16T09:15:00Z esc-triage --cancel -m no && return ;;
	prioritised) act 2026-11-16T09:15:00Z esc-triage --prioritise -m shop && return ;;
	merged) act 2026-11-16T09:15:00Z esc-triage --duplicate-of ESC-01ACN9H940NM2KQGNJQ8HVMBQV && return ;;
	retracted)
		act 2026-11-16T09:15:00Z esc-note -m oops
		act 2026-11-16T09:16:00Z esc-note --retract 2 -m oops && return ;;
	esac
	act 2026-11-16T09:20:00Z esc-triage --accept
	case $1 in
	tier4) act 2026-11-16T09:30:00Z esc-promote --to 4 -m legal ;;
	duetier) act 2026-11-16T09:30:00Z esc-promote --to 4 --due 2026-11-30T17:00:00Z -m legal ;;
	asked) act 2026-11-16T09:30:00Z esc-triage --ask -m which ;;
	paused) act 2026-11-16T09:30:00Z esc-note --pause -m leave ;;
	resolved | closed) act 2026-11-16T09:30:00Z esc-resolve --outcome resolved -m ok ;;
	esac
	[ "$1" = closed ] && act 2026-11-16T09:40:00Z esc-resolve --close
	return 0
}

for state in submitted acknowledged escalated tier4 duetier asked paused resolved closed cancelled \
	prioritised merged retracted; do
	make $state
	mv case "$state"
done

grep -v '^#' "$TESTS/rules/commands.tsv" >rows
tab=$(printf '\t')
while IFS=$tab read -r state command want answer; do
	eval "set -- $command"
	program=$1
	shift
	run "$program" --now $NOW --by cat "$@" "$state"
	name="$state: $command"
	if [ "$status" != "$want" ]; then
		fail "$name" "status $status, expected $want" "$err"
	elif [ "$want" != 0 ]; then
		like "$err" "$answer" "$name"
	elif [ "$answer" = - ]; then
		same "$state" "$WORK/out" "$name"
	else
		n=$(jq '.events | length' "$state")
		got=$(printf '%s\n' "$out" | jq -r "[.events[$n:][].type] | join(\" \")")
		is "$got" "$answer" "$name"
	fi
done <rows
done_testing
