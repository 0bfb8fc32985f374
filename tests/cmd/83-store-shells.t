#!/bin/sh
# Two shells work on one case: one wins, the other is told, and --rebase does
# the right thing or says why not.  And who may work on a store at all.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-16T12:00:00Z
new_store
fill 20
one=$(nth 1)

# both PROGRAM...: two shells read the same cases, wait for each other, and
# commit what the filter makes of them, at once; $won and $lost say who.
both() {
	rm -rf ready go
	mkfifo go
	for me in a b; do
		(
			esc-cat "$one" | "$@" --by $me --now $now >work.$me
			: >ready.$me
			read -r _ <go
			esc-commit --reject reject.$me --now $now work.$me 2>err.$me
			echo $? >status.$me
		) &
	done
	until [ -e ready.a ] && [ -e ready.b ]; do sleep 0.02; done
	{ sleep 0.1; printf '\n\n\n\n'; } >go
	wait
	rm -f ready.a ready.b
	won=a lost=b
	[ "$(cat status.a)" -eq 0 ] || { won=b lost=a; }
}

both esc-promote -m 'customer is blocked'
is "$(cat status.$won) $(cat status.$lost)" '0 75' 'one wins, the other is stale'
is "$(stored "$one" '[.rev,.tier,(.events[-1].by)]|join(" ")')" "2 2 $won" \
	'the case is promoted once, by the one that won'
is "$(jq -r '[.rejected,.program,.record.id,(.record.events[-1].by)]|join(" ")' reject.$lost)" \
	"1 esc-commit $one $lost" 'the case is in the reject file of the other'
is "$(wc -c <reject.$won | tr -d ' ')" 0 'and that of the winner is empty'
like "$(cat err.$lost)" "^esc-commit: work\\.$lost:1: " 'the loser is told where'
run esc-commit --rebase --reject rebased --now $now work.$lost
is "$status" 75 '--rebase refuses a second promotion from tier 1'
like "$err" 'tier|promot' 'with the reason'
is "$(stored "$one" .rev)" 2 'and writes nothing'
jq -c .record reject.$lost >again
run esc-commit --rebase --now $now again
is "$status" 75 'the record of the reject file is the one that was refused'

both esc-note -m 'called'
is "$(cat status.$won) $(cat status.$lost)" '0 75' 'two notes: one wins'
run esc-commit --rebase --now $now work.$lost
answers 0 '' '' '--rebase takes the other note'
is "$(stored "$one" '[.events[-2:][].by]|join(" ")')" "$won $lost" 'both are there'
run esc-commit --rebase --now $now work.$lost work.$won
answers 0 '' '' 'replaying twice'
is "$(stored "$one" .rev)" 4 'is once'

# A promotion and a note; the note comes second.
esc-cat "$one" >seen
esc-note -m 'waits' --by c --now 2026-11-16T12:01:00Z seen >noted
esc-promote -m 'no answer' --by d --now 2026-11-16T12:02:00Z seen |
	esc-commit --now 2026-11-16T12:02:00Z
run esc-commit --now 2026-11-16T12:03:00Z noted
is "$status" 75 'a note on what was promoted since: stale'
run esc-commit --rebase --now 2026-11-16T12:03:00Z noted
answers 0 '' '' 'a note may be replayed on a promotion'
is "$(stored "$one" '.events[-1]|[.by,.at,.was_at]|join(" ")')" \
	'c 2026-11-16T12:02:00Z 2026-11-16T12:01:00Z' 'recorded not before it, and it says so'
is "$(stored "$one" '[.tier,.events[-2].type]|join(" ")')" '3 promoted' 'the promotion stays'
run esc-commit --rebase --now 2026-11-16T12:03:00Z noted
answers 0 '' '' 'and again'
is "$(stored "$one" .rev)" 6 'is once'

# Work on a case that was resolved meanwhile.
esc-cat "$one" >seen
esc-note --update -m 'soon' --expected +1bd --by e --now 2026-11-16T12:04:00Z seen >updated
esc-resolve --outcome policy-adjustment -m 'done' --by f --now 2026-11-16T12:04:00Z seen >resolved
run esc-commit --now 2026-11-16T12:04:00Z resolved
answers 0 '' '' 'it is resolved'
run esc-commit --rebase --now 2026-11-16T12:05:00Z updated
is "$status" 75 'an update may not follow a resolution'
like "$err" 'resolved' 'with the reason'

# A retraction follows the event that is replayed with it.
one=$(nth 2)
esc-cat "$one" >seen
esc-note -m 'wrong case' --by g --now $now seen |
	esc-note --retract 3 -m 'wrong case' --by g --now $now >taken
esc-note -m 'first' --by h --now $now seen | esc-commit --now $now
run esc-commit --rebase --now $now taken
answers 0 '' '' 'a note and its retraction are replayed'
is "$(stored "$one" '[.events[-3:][]|.type,.event//empty|tostring]|join(" ")')" \
	'noted noted retracted 4' 'the retraction names the new place'

# Many shells at once: every note is there in the end.
for me in 1 2 3 4 5 6; do
	(
		for turn in 1 2 3 4 5; do
			esc-cat "$(nth 3)" | esc-note -m "note $me.$turn" --by "w$me" --now $now >mine.$me
			esc-commit --rebase --now $now mine.$me || echo "lost $me.$turn" >>lost
		done
	) &
done
wait
is "$(cat lost 2>/dev/null)" '' 'six shells, five notes each: none is refused'
is "$(stored "$(nth 3)" '[.events[]|select(.type=="noted")|.text]|unique|length')" 30 \
	'all thirty are there'
run esc-store verify
is "$status" 0 'esc-store verify'
done_testing
