#!/bin/sh
# Every tests/bad/csv-*: `in` under the options of `options` (if any) gives
# the messages of `err`, the rest goes on, and `out` is what came of it: case
# number and subject, then reason and x_tag where there are any.
. "${0%/*}/../lib.sh"

for dir in "$TESTS"/bad/csv-*; do
	options=
	[ ! -f "$dir/options" ] || options=$(cat "$dir/options")
	cp "$dir/in" in
	# shellcheck disable=SC2086 # a list of options
	run esc-submit --now 2026-11-21T19:30:00Z --by ann \
		--policy "$DATA/forms/desk.json" --csv $options in
	got=$(printf '%s\n' "$out" | sed -n 's/.*"case_number":"\([^"]*\)","subject":"\(\(\\.\|[^"\\]\)*\)","impact":"major"\(,"reason":\([^]"]*"[^"]*"\]*\|\["[^]]*\]\)\)\{0,1\}\(,"x_tag":\(\["[^]]*\]\)\)\{0,1\},"events".*/\1 \2 \5 \7/; s/ *$//; p')
	is "$got" "$(cat "$dir/out")" "${dir##*/}: what goes on"
	is "$err" "$(cat "$dir/err")" "${dir##*/}: messages"
	want=0
	! grep -qv warning "$dir/err" || want=65
	is "$status" "$want" "${dir##*/}: status"
done

# Rows of many columns take time by their number, not by its square.
awk 'BEGIN {
	printf "case_number,subject,impact"
	for (i = 0; i < 60000; i++) printf ",x_%d", i % 30000
	printf "\nC-1,S,major"
	for (i = 0; i < 60000; i++) printf ",%d", i
	print ""
}' >wide
run timeout 6 esc-submit --now 2026-11-21T19:30:00Z --by ann \
	--policy "$DATA/forms/desk.json" --csv wide
like "$status $out" '^0 .*"x_0":\["0","30000"\],"x_1":.*"x_29999":\["29999","59999"\],"events"' \
	'60,000 columns of 30,000 names'
done_testing
