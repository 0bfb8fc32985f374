#!/bin/sh
# esc-cat over a damaged log: what is wrong is named by segment, offset and
# seq, the other cases are answered, and the status says so.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-20T12:00:00Z
# Nine cases, the third with three revisions, in segments of two lines or so.
ESC_STORE=$PWD/whole
export ESC_STORE
esc-store init --segment-size 2K whole
forms 9 | sed "s/^{/{\"created\":\"$submitted\",/" |
	esc-submit --policy s-club --by portal --now "$submitted" | esc-commit --now "$submitted"
C=$(nth 3)
for text in one two; do
	esc-cat "$C" | esc-note --note -m $text --by ana --now $now | esc-commit --now $now
done
esc-cat --all >all
is "$(wc -l <all | tr -d ' ')" 9 'nine cases'
ok 'in several segments' test -e whole/log/000000000004.jsonl

# The segment, offset and length of a line, and a copy of the store.
place_of() {
	for segment in whole/log/*.jsonl; do
		LC_ALL=C awk -v seq="$1" '{ if (index($0, "{\"v\":1,\"seq\":" seq ",") == 1) {
			print FILENAME, at + 0, length($0); exit } at += length($0) + 1 }' "$segment"
	done
}
damaged_copy() {
	chmod -R u+w damaged 2>/dev/null
	rm -rf damaged
	cp -R whole damaged
	chmod -R u+w damaged
	ESC_STORE=$PWD/damaged
}
# change SEQ WITHIN TEXT: TEXT over the line, WITHIN bytes from its start
change() {
	place=$(place_of "$1")
	segment=${place%% *} offset=${place#* }
	segment=${segment#whole/} offset=${offset%% *}
	printf '%s' "$3" | dd of="damaged/$segment" bs=1 seek=$((offset + $2)) conv=notrunc 2>/dev/null
}
# within SEQ ERE: where in the line that stands
within() {
	grep -h "^{\"v\":1,\"seq\":$1," whole/log/*.jsonl | grep -obE -e "$2" | head -n 1 | cut -d : -f 1
}
without() {
	grep -v -e "\"id\":\"$1\"" all
}

id_5=$(grep -h '^{"v":1,"seq":5,' whole/log/*.jsonl | sed 's/^.*"by":"[^"]*","id":"\([^"]*\)".*"dh":.*$/\1/')

# A byte of the data.
damaged_copy
change 5 "$(within 5 'Nobody came')" n
for way in --no-index ''; do
	# shellcheck disable=SC2086
	run esc-cat $way --all
	is "$status" 74 "data changed: status ($way)"
	is "$out" "$(without "$id_5")" "data changed: the other cases ($way)"
	is "$err" "esc-cat: $ESC_STORE: $segment: offset $offset, seq 5: the data does not fit its hash" \
		"data changed: where ($way)"
	# shellcheck disable=SC2086
	run esc-cat $way "$id_5"
	is "$status:$out" 74: "data changed: the case itself ($way)"
done
run esc-cat --end-mark --all
unlike "$out" '"end":true' 'no end mark'
rm -f damaged/index.sqlite
run esc-cat "$C"
is "$status:$out" "0:$(grep -e "\"id\":\"$C\"" all)" 'another case, by an index made anew'
run esc-cat --all --state submitted
is "$status:$out" "74:$(without "$id_5")" 'a selection that it may belong to'

# Data that passes for erased: the salt is zeros, and the data differs.
damaged_copy
change 5 $(($(within 5 '"salt":"') + 8)) 00000000000000000000000000000000
change 5 "$(within 5 '"Nobody came"')" '""           '
rm -f damaged/index.sqlite
for way in --no-index ''; do
	# shellcheck disable=SC2086
	run esc-cat $way --all
	is "$status:$out" "74:$(without "$id_5")" "erased by nobody: the other cases ($way)"
	like "$err" "offset $offset, seq 5: the data passes for erased" "erased by nobody: where ($way)"
done
grep -e "\"id\":\"$id_5\"" ./all | esc-note --note -m more --by ana --now $now >"more"
run esc-commit --now $now more
is "$status" 74 'and nothing is committed on it'

# Data that was erased.
damaged_copy
esc-store erase --yes -m asked "$id_5" >/dev/null 2>&1
rm -f damaged/index.sqlite
for way in --no-index '' --as-of=+1h; do
	# shellcheck disable=SC2086
	run esc-cat $way "$id_5"
	is "$status:$err" 0: "erased data is no damage ($way)"
	is "$(printf '%s\n' "$out" | jq -c '[.id,.description]')" "[\"$id_5\",\"\"]" \
		"and comes out as it stands ($way)"
done
grep -h '"rev":0' damaged/log/*.jsonl | sed 's/.*"at":"\([^"]*\)","by":.*,"dh".*/\1/' >"at"
run esc-cat --no-index --as-of "$(date -u -d "$(cat at) - 1 second" +%Y-%m-%dT%H:%M:%SZ)" --all
is "$status:$err" 0: 'nor is it as of before it was'

# A revision of a case with others: history gives the others.
damaged_copy
change 10 "$(within 10 Nobody)" n
for way in --no-index ''; do
	# shellcheck disable=SC2086
	run esc-cat $way --history "$C"
	is "$status:$(printf '%s\n' "$out" | jq .rev | tr -d '\n')" 74:13 "history around it ($way)"
	# shellcheck disable=SC2086
	run esc-cat $way "$C"
	is "$status:$(printf '%s\n' "$out" | jq .rev)" 0:3 "the newest revision is whole ($way)"
done

# A byte of the frame: whose line it was is not sure; all others are answered.
damaged_copy
change 5 "$(within 5 '"by"')" X
rm -f damaged/index.sqlite
for way in --no-index ''; do
	# shellcheck disable=SC2086
	run esc-cat $way --all
	is "$status:$out" "74:$(without "$id_5")" "frame changed: the other cases ($way)"
	like "$err" "^esc-cat: $ESC_STORE: $segment: offset $offset, seq 5: " "frame changed: where ($way)"
	is "$(printf '%s\n' "$err" | wc -l | tr -d ' ')" 1 "frame changed: told once ($way)"
done

# The first segment is gone.
damaged_copy
rm -f damaged/log/000000000001.jsonl damaged/index.sqlite
run esc-cat --all --no-index
is "$status" 74 'a segment that is gone: status'
like "$err" 'log/000000000001.jsonl: .*seq 1: ' 'and it is named'
scan=$out
run esc-cat --all
is "$status:$out" "74:$scan" 'the same by the index'

# An index that was right and a log that was changed behind it.
damaged_copy
run esc-cat --all
is "$status:$out" "0:$(cat all)" 'all is well'
change 2 "$(within 2 '"h":"')" '"h":"00000000'
run esc-cat --ids --all --no-index
is "$status" 74 'a scan checks the chain'

chmod -R u+w damaged
done_testing
