#!/bin/sh
# The index is only a cache: deleted, truncated, garbled, swapped or written
# to, it never changes an answer.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'
command -v python3 >/dev/null || skip_all 'needs python3'

now=2026-11-20T12:00:00Z
new_store other
fill 9
other=$ESC_STORE/index.sqlite
new_store
fill 12
cp "$ESC_STORE/index.sqlite" young
esc-cat --all | esc-note -m 'hello' --by ana --now $now | esc-commit --now $now
esc-cat "$(nth 3)" "$(nth 5)" | esc-promote -m 'up' --by ana --now $now | esc-commit --now $now
index=$ESC_STORE/index.sqlite
cp "$index" good
nth 4 | cut -c 22- >end

# ask: every kind of question, by the index ("") or without it.
ask() {
	esc-cat "$@" --all
	esc-cat "$@" --all --ids
	esc-cat "$@" --all --history
	esc-cat "$@" --due=2026-11-19T18:00:00Z
	esc-cat "$@" --tier 2
	esc-cat "$@" --where state=escalated --where 'tier<2'
	esc-cat "$@" --all --until 2026-11-17T00:00:00Z
	esc-cat "$@" --case-number C-7
	esc-cat "$@" "$(cat end)"
	echo "$?"
}
ask --no-index >want 2>&1
ok 'there is something to ask' [ "$(wc -l <want)" -gt 50 ]
ask >got 2>&1
same got want 'a fresh index'

# asked NAME: the same answers, and a sound index afterwards.
asked() {
	ask >got 2>&1
	same got want "$1"
	is "$(sqlite3 "file:$index?mode=ro" 'select count(*) from cases' 2>&1)" 12 \
		"$1: and then it is whole"
	cp good "$index"
}
rm "$index"
asked 'deleted'
: >"$index"
asked 'empty'
head -c 5000 good >"$index"
asked 'truncated in a page'
head -c 8192 good >"$index"
asked 'truncated after a page'
head -c 100000 /dev/zero >"$index"
asked 'zeros'
seq 20000 >"$index"
asked 'no database'
cp "$other" "$index"
asked 'that of another store'
cp young "$index"
asked 'an older one'
sqlite3 "$index" "UPDATE cases SET state = 'closed', tier = 3, due = 0" 2>/dev/null
asked 'written to by another program'
sqlite3 "$index" "DELETE FROM cases WHERE case_number = 'C-7'" 2>/dev/null
asked 'a row deleted by another program'
rm "$index"
mkdir "$index"
ask >got 2>&1
grep -v '^esc-cat: ' got >kept
same kept want 'a folder in its place'
rmdir "$index" 2>/dev/null
cp good "$index"

# garble PLACE: one byte of the file is another.
garble() {
	python3 -c 'import sys
file = open(sys.argv[1], "r+b")
file.seek(int(sys.argv[2]))
byte = file.read(1)[0]
file.seek(-1, 1)
file.write(bytes([byte ^ 0x55]))' "$index" "$1"
}
bytes=$(wc -c <good)
place=7
step=${ESC_LONG:+401}
step=${step:-4099}
wrong=0
while [ "$place" -lt "$bytes" ]; do
	cp good "$index"
	garble "$place"
	ask >got 2>&1
	cmp -s got want || { wrong=$((wrong + 1)); echo "# byte $place"; }
	place=$((place + step))
done
is "$wrong" 0 'a byte garbled, in every page'
cp good "$index"

chmod a-w "$ESC_STORE"
ask >got 2>&1
chmod u+w "$ESC_STORE"
same got want 'a folder that may not be written'
run esc-store verify
is "$status" 0 'the log is as it was'
done_testing
