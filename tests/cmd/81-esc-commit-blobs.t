#!/bin/sh
# esc-commit and attachments: taken in by their hash, and a record whose
# attachment is missing or altered is refused.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-16T12:00:00Z
commit() {
	run esc-commit --now $now "$@"
}
lines() {
	cat "$ESC_STORE"/log/*.jsonl 2>/dev/null | wc -l | tr -d ' '
}
blob() {
	printf '%s/%.2s/%s' "$1" "$2" "$2"
}
submit() {
	esc-submit --policy s-club --subject x --description y --trigger unresolved \
		--case-number "$1" --created "$submitted" --now "$submitted" --by portal \
		--blobs out --attach "$2" --attach "$3"
}

new_store
printf 'a letter' >letter
printf 'a photo' >photo
submit C-1 letter photo >case
letter=$(b2sum -l 256 letter | cut -c1-64)
photo=$(b2sum -l 256 photo | cut -c1-64)
is "$(jq -c '[.attachments[].b2]' case)" "[\"$letter\",\"$photo\"]" 'a case with attachments'

commit case
is "$status $(lines)" '65 0' 'without --blobs: refused'
like "$err" "^esc-commit: case:1: attachments: \"[^\"]*\": $letter: is neither in the store nor at hand" 'and why'
mkdir empty
commit --blobs empty case
is "$status" 65 'a folder that lacks them'
like "$err" "attachments: .*: $letter: is neither in the store nor in empty\$" 'is named'
commit --blobs nowhere case
like "$err" "in nowhere, which is not there\$" 'a folder that is not there'
is "$(find store/blobs -type f | wc -l | tr -d ' ')" 0 'nothing was taken in'

mv "$(blob out "$photo")" kept
commit --blobs out case
is "$status $(find store/blobs -type f | wc -l | tr -d ' ')" '65 0' 'one of two missing: neither is taken in'
printf 'a pho to' >"$(blob out "$photo")"
commit --blobs out case
is "$status" 65 'altered: refused'
like "$err" "attachments: \"photo\": $photo: altered in [^ ]+: its content is [0-9a-f]{64}\$" 'and said where'
ln -sf "$PWD/kept" "$(blob out "$photo")"
commit --blobs out case
is "$status" 65 'a symbolic link: refused'
rm "$(blob out "$photo")"
mv kept "$(blob out "$photo")"
jq -c '.attachments[1].size=8' case >wrong
commit --blobs out wrong
is "$status" 65 'another size than the record says: refused'
jq -c '.attachments[1].b2="../../../../etc/passwd"' case >wrong
commit --blobs out wrong
is "$status" 65 'what is no hash: refused'
like "$err" 'attachments: "photo": no hash: "\.\./' 'and shown'
sed 's/"b2"/"\\u0062\\u0032"/g' case >wrong
commit --blobs empty wrong
is "$status" 65 'an escaped name hides nothing'

commit --dry-run --blobs out case
is "$status $(find store/blobs -type f | wc -l | tr -d ' ')" '0 0' 'a dry run takes nothing in'
ESC_BLOBS=out run esc-commit --now $now case
answers 0 '' '' 'ESC_BLOBS names the folder'
same "$(blob store/blobs "$letter")" letter 'the letter is in the store'
same "$(blob store/blobs "$photo")" photo 'and the photo'
is "$(stat -c %a "$(blob store/blobs "$letter")")" 640 'with the mode of the store'
is "$(find store/blobs -type f | wc -l | tr -d ' ')" 2 'and nothing else is'
rm -r out
commit case
is "$status $(lines)" '0 1' 'the same again: they are there'
submit C-2 photo letter >case2
rm -r out
commit case2
is "$status $(lines)" '0 2' 'another case with the same attachments needs no folder'

sed -E 's/^.*,"data"://; s/,"h":"[0-9a-f]{64}"\}$//' store/log/*.jsonl | head -n 1 >stored
printf 'a receipt' >receipt
esc-note --attach receipt --blobs out --now $now --by ana stored >grown
receipt=$(b2sum -l 256 receipt | cut -c1-64)
commit grown
is "$status" 65 'an event with an attachment that is nowhere'
like "$err" "^esc-commit: grown:1: attachments: \"receipt\": $receipt: " 'is refused'
esc-note --note -m x --now $now --by ana case2 >another
commit --reject bad grown another
is "$status $(lines)" '65 3' 'with --reject the others go in'
commit --blobs out grown
is "$status $(lines)" '0 4' 'with its folder it is taken'
same "$(blob store/blobs "$receipt")" receipt 'into the store'

printf 'altered!!' >"$(blob store/blobs "$receipt")" 2>/dev/null || {
	chmod u+w "$(blob store/blobs "$receipt")"
	printf 'altered!!' >"$(blob store/blobs "$receipt")"
}
commit --blobs out grown
is "$status" 0 'what a case names already is not read again'
printf '{"id":"%s","event":{"type":"attached","attachment":{"name":"r","size":9,"b2":"%s"}}}\n' \
	"$(jq -r .id case2)" "$receipt" >event
commit --events event
is "$status $(lines)" '65 4' 'but one that is altered in the store is not named again'
like "$err" 'altered in the store: .*; put the original back with esc-store put$' 'and said how to mend it'
printf '{"id":"%s","event":{"type":"attached","attachment":{"name":"r","size":8,"b2":"%s"}}}\n' \
	"$(jq -r .id case2)" "$letter" >event
commit --events event
is "$status $(lines)" '0 5' 'a whole one may be, by an event too'
done_testing
