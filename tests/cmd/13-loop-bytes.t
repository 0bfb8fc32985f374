#!/bin/sh
# What a filter does not change is written as it was read: generated records
# through every filter.  RECORDS says how many (the full run: 100000).
. "${0%/*}/../lib.sh"
command -v python3 >/dev/null || skip_all 'needs python3'

n=${RECORDS:-2000}
version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
python3 "$TESTS/bytes.py" make "$n" "$version" >made.jsonl
ESC_NOW=2026-11-17T12:00:00Z ESC_USER=t
export ESC_NOW ESC_USER

run esc-pick made.jsonl
is "$status $err" '0 ' 'they are records'
same "$WORK/out" made.jsonl 'esc-pick changes no byte'

# keeps INPUT CMD...: all but derived fields and new events stays.
keeps() {
	input=$1
	shift
	run "$@" "$input"
	unlike "$status" '^(6[0-9]|7[0-9])$' "$* refuses none"
	cp "$WORK/out" kept.jsonl
	ok "$*" python3 "$TESTS/bytes.py" check "$input" kept.jsonl
}
keeps made.jsonl esc-fold
cp kept.jsonl folded.jsonl
run esc-fold folded.jsonl
same "$WORK/out" folded.jsonl 'folding twice is folding once'
keeps folded.jsonl esc-sla-check --fail-on never
run esc-fold kept.jsonl
same "$WORK/out" folded.jsonl 'esc-sla-check adds sla, and nothing else'
keeps folded.jsonl esc-note --note -m 'a note'
keeps folded.jsonl esc-note --pause -m 'a pause'
keeps folded.jsonl esc-triage --assign bob --priority high -m 'for bob'
keeps folded.jsonl esc-promote -m 'up'
keeps folded.jsonl esc-promote --auto
keeps folded.jsonl esc-resolve --outcome 'issue resolved' -m 'done' --close
keeps kept.jsonl esc-fold
sed 's/1E2/100/' kept.jsonl >other.jsonl
ok 'the check can fail' sh -c "! python3 '$TESTS/bytes.py' check kept.jsonl other.jsonl 2>/dev/null"
run esc-promote --auto --now 2026-11-16T12:00:00Z folded.jsonl
same "$WORK/out" folded.jsonl 'where nothing is due, esc-promote --auto changes no byte'
run esc-triage --assign bob folded.jsonl
cp "$WORK/out" bob.jsonl
run esc-triage --assign bob bob.jsonl
same "$WORK/out" bob.jsonl 'what is already so changes no byte'

done_testing
