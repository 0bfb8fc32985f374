#!/bin/sh
# The nightly pipelines of esc(7), as cron runs them; streams without a
# record; readers that go away; grep, jq and sqlite3 on the store's files.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v bash >/dev/null || skip_all 'needs bash, for pipefail'
command -v jq >/dev/null || skip_all 'needs jq'

new_store
cat >forms.csv <<'CSV'
case_number,subject,urgency,rationale,requester.name,requester.role,region,reason,created
P-1,Gate is shut,high,Members wait outside,Kim,champion,au,sla-violation,2026-11-16T10:00:00Z
P-2,No invoices,high,Month end,Lee,champion,other,wrong-resolution,2026-11-16T10:01:00Z
P-3,No access,high,,Lee,champion,other,wrong-resolution,2026-11-16T10:01:00Z
CSV
# night TIME COMMANDS: under set -eo pipefail, at that instant.
night() {
	ESC_NOW=$1 ESC_USER=cron run bash -c "set -eo pipefail; $2"
	err=$(printf '%s\n' "$err" | grep -v 'ESC_NOW')
}

intake='esc-submit --policy perfect-gym --csv --reject refused.jsonl forms.csv |
	esc-triage --auto | esc-commit'
night 2026-11-16T10:30:00Z "$intake"
is "$status $out" '65 ' 'intake: a bad form says 65, the others go on'
is "$(wc -l <refused.jsonl | tr -d ' ')" 1 'and is kept'
is "$(esc-cat --all | jq -r .state | sort | uniq -c | tr -s ' ')" ' 2 escalated' \
	'the others are in the store'
sed -i '/^P-3/d' forms.csv
night 2026-11-16T10:31:00Z "$intake"
answers 0 '' '' 'intake once more'
is "$(seq_of)" 2 'adds nothing'
printf 'P-4,Doors,high,All shut,Kim,champion,nz,sla-violation,2026-11-16T10:40:00Z\n' >>forms.csv
night 2026-11-16T11:00:00Z "$intake"
answers 0 '' '' 'intake with a form more'
is "$(seq_of)" 3 'adds that one'

limits='esc-cat --due | esc-sla-check --verdict breached | esc-promote --auto | esc-commit'
night 2026-11-16T11:30:00Z "$limits"
answers 0 '' '' 'nothing is due: nothing is done'
is "$(seq_of)" 3 'nothing was written'
forms 3 | sed "s/^{/{\"created\":\"$submitted\",/" >forms.jsonl
night 2026-11-16T10:05:00Z 'esc-submit --policy s-club forms.jsonl | esc-triage --accept | esc-commit'
is "$status" 0 'some that will be late'
night 2026-11-20T12:00:00Z "$limits"
answers 0 '' '' 'what is over its limit goes up'
is "$(esc-cat --tier 2 --policy-name s-club | wc -l | tr -d ' ')" 3 'in the store'
before=$(seq_of)
night 2026-11-20T12:00:00Z "$limits"
answers 0 '' '' 'the same again'
is "$(seq_of)" "$before" 'promotes nothing twice'
night 2026-12-01T09:00:00Z 'esc-cat --all | esc-report --month 2026-11 --format json'
is "$status $(printf '%s\n' "$out" | jq -c '[.cases.submitted,.cases.promoted]')" '0 [6,3]' \
	'the review'
night 2026-11-20T12:00:00Z 'esc-cat --due | esc-sla-check --format text --fail-on breached'
is "$status" 1 'the gate'
night 2026-11-20T12:05:00Z "esc-cat $(nth 1) | esc-promote -m 'customer is blocked' | esc-commit --print | jq -r .rev"
is "$status $out" '0 3' 'one case by hand'

# No record at all.
before=$(seq_of)
for options in '' --events --rebase --print --dry-run --if-new; do
	run esc-commit $options </dev/null
	answers 0 '' '' "an empty batch $options"
done
run esc-commit --need-end </dev/null
is "$status" 65 '--need-end: no mark'
esc-cat --all | head -n 2 | esc-note -m 'cut' --now 2026-11-20T13:00:00Z >part
run esc-commit --need-end --now 2026-11-20T13:00:00Z part
is "$status" 65 '--need-end: a stream that was cut'
is "$(seq_of)" "$before" 'and nothing is written'
esc-note -m 'whole' --end-mark --now 2026-11-20T13:00:00Z part >whole
run esc-commit --need-end --now 2026-11-20T13:00:00Z whole
answers 0 '' '' '--need-end: a whole one'
run esc-cat --where state=zork
answers 0 '' '' 'an empty answer is no error'
run esc-cat
is "$status" 64 'no selection is'

# Readers that go away, and full disks.
run bash -c 'esc-cat --all --history | head -n 1 >/dev/null; echo "${PIPESTATUS[0]}"'
ok 'a closed pipe is silent' [ -z "$err" ]
esc-cat --all | esc-note -m 'again' --now 2026-11-20T14:00:00Z >noted
before=$(seq_of)
bash -c 'esc-commit --print --now 2026-11-20T14:00:00Z noted | :' 2>err.pipe
is "$(seq_of)" $((before + 6)) 'a commit stays when its reader goes away'
if [ -w /dev/full ]; then
	run sh -c 'esc-cat --all >/dev/full'
	is "$status" 74 'esc-cat: a full disk'
	esc-cat --all | esc-note -m 'more' --now 2026-11-20T15:00:00Z >noted
	run sh -c 'esc-commit --print --now 2026-11-20T15:00:00Z noted >/dev/full'
	is "$status" 74 'esc-commit --print: a full disk'
	is "$(esc-cat --all | jq -r '.events[-1].text' | sort -u)" more 'but what was committed stays'
fi

# The files are for everybody's tools.
one=$(nth 1)
is "$(grep -c "\"id\":\"$one\"" "$ESC_STORE"/log/*.jsonl)" \
	"$(esc-cat "$one" --history | wc -l | tr -d ' ')" 'grep: all revisions of a case'
is "$(grep -h "\"id\":\"$one\",\"rev\"" "$ESC_STORE"/log/*.jsonl | tail -n 1 | jq -c .data.rev)" \
	"$(stored "$one" .rev)" 'jq: the data of a line is the record'
is "$(tail -n 1 "$ESC_STORE"/log/*.jsonl | jq -r .seq)" "$(seq_of)" 'tail: the newest line'
jq -rs 'group_by(.id)|map(max_by(.seq).data)|sort_by(.id)[]|[.id,.state,.tier]|@tsv' \
	"$ESC_STORE"/log/*.jsonl >by.jq
esc-cat --all | jq -r '[.id,.state,.tier]|@tsv' >by.cat
same by.jq by.cat 'jq alone answers what esc-cat answers'
if command -v sqlite3 >/dev/null; then
	sqlite3 -separator "	" "file:$ESC_STORE/index.sqlite?mode=ro" \
		'SELECT id, state, tier FROM cases ORDER BY id' >by.sql
	same by.sql by.cat 'sqlite3 too'
	sqlite3 "file:$ESC_STORE/index.sqlite?mode=ro" \
		"SELECT line.segment, line.start, line.length FROM line JOIN cases USING (seq) WHERE id = '$one'" |
		tr '|' ' ' >place
	read -r segment start length <place
	tail -c +$((start + 1)) "$(printf '%s/log/%012d.jsonl' "$ESC_STORE" "$segment")" |
		head -c "$length" | jq -c .data >by.place
	esc-cat "$one" | jq -c . >by.cat
	same by.place by.cat 'and the index says where a line stands'
fi
printf '%s\n' "$(esc-cat --all --ids)" | esc-cat - >by.ids
esc-cat --all >by.cat
same by.ids by.cat 'esc-cat - reads ids'
run esc-store verify
is "$status" 0 'esc-store verify'
done_testing
