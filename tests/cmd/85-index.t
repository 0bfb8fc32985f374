#!/bin/sh
# The index in a store of some size: behind the log, by changed calendars, in
# the midst of commits, for whoever has sqlite3.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v sqlite3 >/dev/null || skip_all 'needs sqlite3'

now=2026-11-20T12:00:00Z
index() {
	sqlite3 "file:$ESC_STORE/index.sqlite?mode=ro" "$1"
}
# ask: questions that have a column, and some that have none.
ask() {
	esc-cat "$@" --ids --all
	esc-cat "$@" --ids --due=2026-11-18T12:00:00Z
	esc-cat "$@" --ids --due=2026-11-30T12:00:00Z --tier 2
	esc-cat "$@" --ids --open --where case_number=C-7,C-1799
	esc-cat "$@" --ids --where 'tier>=2.0' --where policy=s-club
	esc-cat "$@" --history "$(cat ends)"
}
same_answers() {
	ask --no-index >want
	ask >got
	same got want "$1"
}

new_store
fill 1800
nth 7 | cut -c 20- >ends
is "$(index 'SELECT count(*) FROM cases')" 1800 'every case is in it'
is "$(index "SELECT value FROM meta WHERE name = 'seq'")" 1800 'all of the log is'
same_answers 'the answers of a scan'
ok 'there is something to ask' [ "$(wc -l <want)" -gt 1800 ]

cp "$ESC_STORE/index.sqlite" before
esc-cat "$(nth 7)" "$(nth 9)" | esc-promote -m 'up' --by ana --now $now | esc-commit --now $now
same "$ESC_STORE/index.sqlite" before 'a small commit is not worth a new file'
same_answers 'what lies behind the index is read from the log'
is "$(esc-cat --ids --tier 2 | wc -l | tr -d ' ')" 2 'and found by what it says'
run esc-store reindex
is "$status" 0 'esc-store reindex'
is "$(index "SELECT value FROM meta WHERE name = 'seq'")" "$(seq_of)" 'makes one that has all'
is "$(index 'SELECT count(*) FROM cases WHERE tier = 2')" 2 'the promoted ones'
is "$(index 'SELECT count(*) FROM line WHERE before IS NOT NULL')" 2 'and what was before them'
same_answers 'made anew'
sqlite3 "$ESC_STORE/index.sqlite" 'PRAGMA integrity_check' >check
is "$(cat check)" ok 'a sound database'

# The week is a holiday now, then it is none any more.
due() {
	esc-cat --ids --due=2026-11-19T18:00:00Z "$@"
}
due >first
due --no-index >want
same first want 'due before'
ok 'some are' [ -s first ]
mkdir -p world/calendars
cat >world/calendars/london.json <<'END'
{"name": "London", "timezone": "Europe/London",
 "hours": {"mon": ["09:00-17:30"], "tue": ["09:00-17:30"], "wed": ["09:00-17:30"],
  "thu": ["09:00-17:30"], "fri": ["09:00-17:30"]},
 "holidays": ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"]}
END
ESC_POLICY_PATH=$PWD/world
export ESC_POLICY_PATH
due >got
due --no-index >want
same got want 'due by another calendar'
ok 'which is another answer' [ "$(wc -l <got)" -lt "$(wc -l <first)" ]
due >got
same got want 'asked again'
unset ESC_POLICY_PATH
due >got
same got first 'by the calendar of before'
mkdir -p "$ESC_STORE/policies/calendars"
cp world/calendars/london.json "$ESC_STORE/policies/calendars/"
due >got
same got want 'by one that lies in the store'
rm -r "$ESC_STORE/policies/calendars"

# Taken while others write, it is of some moment, whole.
writer() {
	for k in 1 2 3 4 5 6; do
		esc-cat --all --where "case_number=C-$1$k" |
			esc-note -m "note $k" --by ana --now $now |
			esc-commit --now $now || echo "writer $1: $?" >>trouble
	done
}
for w in 1 2 3 4; do
	writer $w &
done
for k in 1 2 3 4 5 6 7 8; do
	cp "$ESC_STORE/index.sqlite" "taken$k"
	esc-cat --ids --all >got
	[ "$(wc -l <got)" -eq 1800 ] || echo "reader $k" >>trouble
done
wait
ok 'four writers, and a reader' [ ! -e trouble ]
same_answers 'afterwards'
for k in 1 2 3 4 5 6 7 8; do
	cp "taken$k" "$ESC_STORE/index.sqlite"
	ask >got
	cmp got want || echo "taken$k" >>trouble
done
ok 'a copy taken while they wrote' [ ! -e trouble ]
is "$(cd "$ESC_STORE" && echo index*)" index.sqlite 'nothing is left beside it'
is "$(stat -c %a "$ESC_STORE/index.sqlite")" 640 'its mode'

cp -r "$ESC_STORE" copy
ESC_STORE=$PWD/copy
chmod -R a-w copy
ask >got
same got want 'a copy that nobody may write'
rm -f copy/index.sqlite 2>/dev/null
ask >got
same got want 'which has no index'
chmod -R u+w copy
done_testing
