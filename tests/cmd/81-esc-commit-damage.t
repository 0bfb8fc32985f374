#!/bin/sh
# esc-commit over a damaged log, and where there is no room for temporary
# files: the answer is 74, and nothing is written.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"

now=2026-11-16T12:00:00Z
forms 6 | sed "s/^{/{\"created\":\"$submitted\",/" |
	esc-submit --policy s-club --by portal --now "$submitted" >cases
head -n 5 cases >first
tail -n 1 cases >last
new_store
esc-commit --now $now first
segment=store/log/000000000001.jsonl
cp $segment whole
cp store/index.sqlite fresh

# A look leaves the store as it is, whatever the index.
(cd store && ls -lR --time-style=full-iso) >there
run esc-commit --dry-run --now $now first
is "$status" 0 '--dry-run'
(cd store && ls -lR --time-style=full-iso) >after
same after there 'changes nothing'
rm store/index.sqlite
run esc-commit --dry-run --now $now first
is "$status:$(printf '%s\n' "$out" | grep -c unchanged)" 0:5 '--dry-run without an index'
ok 'makes none' test ! -e store/index.sqlite
cp fresh store/index.sqlite

# damage TEXT OTHER: in the third line
damage() {
	rm -f store/index.sqlite
	sed "3s/$1/$2/" whole >$segment
	cp $segment damaged
}
# refused WHAT ARG...: names the line, and writes nothing
refused() {
	what=$1
	shift
	run esc-commit --now $now "$@" last
	is "$status" 74 "$what: status"
	like "$err" "^esc-commit: .*log/000000000001.jsonl: offset [0-9]*, seq 3: " "$what: where"
	same $segment damaged "$what: nothing is written"
}

damage 'Nobody came' 'Nobody Came'
refused 'data changed, no index'
refused 'data changed, again no index'
refused 'data changed, --no-index' --no-index
run esc-commit --dry-run --now $now last
is "$status" 74 'and --dry-run says so'
run esc-cat --ids "$(sed -n 's/.*"id":"\([^"]*\)".*/\1/p; q' cases)"
is "$status" 0 'a reader of another case makes an index of it'
ok 'which is there' test -e store/index.sqlite
refused 'data changed, by an index that met it'
damage '"by"' '"bY"'
refused 'frame changed, no index'
refused 'frame changed, --no-index' --no-index

damage '"salt":"[0-9a-f]*"' '"salt":"00000000000000000000000000000000"'
sed -n 3p cases | esc-note -m 'more' --by ana --now $now >third
run esc-commit --dry-run --now $now third
is "$status" 74 'data that passes for erased, where nobody erased it'
cp whole $segment
cp -R store erased
esc-store erase -S erased --yes -m asked "$(sed -n '3s/.*"id":"\(ESC[^"]*\)".*/\1/p' cases)" >/dev/null 2>&1
rm -f erased/index.sqlite
run esc-commit -S erased --now $now last
is "$status" 0 'data that was erased is no damage'

# As the page says: over a fresh index the end of the log is looked at, and
# the lines that are touched.
damage 'Nobody came' 'Nobody Came'
cp fresh store/index.sqlite
run esc-commit --now $now third
is "$status" 74 'the damaged line is touched'
same $segment damaged 'and nothing is written'
cp fresh store/index.sqlite
cp $segment damaged
run esc-commit --now $now last
is "$status" 0 'another case, by an index from before'

# A limit of file size is what a full folder of temporary files is, too.
new_store many_store
forms 7000 | sed "s/^{/{\"created\":\"$submitted\",/" |
	esc-submit --policy s-club --by portal --now "$submitted" >many
esc-commit --now $now many
rm "$ESC_STORE/index.sqlite"
room='esc-[a-z]*: .*cannot write temporary files: .*TMPDIR'
limited() {
	run sh -c 'ulimit -f 100; exec "$@"' - "$@"
	is "$status" 74 "no room for temporary files: $*"
	like "$err" "$room" 'which is said'
}
limited esc-cat --ids --all --no-index
limited esc-cat --ids --all
limited esc-commit --now $now --dry-run last
limited esc-commit --now $now --dry-run --no-index last
limited esc-store stats
room='^esc-commit: many:[0-9]*: cannot write a temporary file: .*TMPDIR'
limited esc-commit --now $now --dry-run many
esc-cat --ids --case-number C-1 >/dev/null
room='^esc-commit: .*cannot write, nothing was committed: File too large'
head -n 1 many | esc-note -m more --by ana --now $now >grown
limited esc-commit --now $now grown
done_testing
