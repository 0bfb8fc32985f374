#!/bin/sh
# What tests/rules/commands.tsv has no room for: texts from files, several
# amendments, attachments, another version of the terms, times by hand.
. "${0%/*}/../lib.sh"

NOW=2026-11-16T12:00:00Z
now="--now $NOW --by cat"
esc-submit --policy s-club --now 2026-11-16T09:00:00Z --by kim --trigger unresolved \
	--created 2026-11-16T09:00:00Z --subject Missed --description 'Nobody came.' --case-number 77 --requester-email kim@example.org >submitted
esc-triage --accept --now 2026-11-16T09:20:00Z --by bea submitted >escalated
# last JQ: of the last event of what the last run wrote.
last() {
	printf '%s\n' "$out" | tail -n 1 | jq -c ".events[-1] | $1"
}

# -F: the text of a file, of stdin, none.
printf 'two\nlines, "quoted"\n' >text
# shellcheck disable=SC2086
run esc-note $now -F text escalated
is "$status $(last '[.type, .text]')" '0 ["noted","two\nlines, \"quoted\""]' '-F: the text of a file, but its last newline'
# shellcheck disable=SC2086
feed 'from stdin' esc-note $now -F - escalated
is "$status $(last .text)" '0 "from stdin"' '-F -: of stdin, where the records are files'
# shellcheck disable=SC2086
run esc-note $now -F text escalated escalated
is "$(printf '%s\n' "$out" | jq -c '.events[-1].text' | sort -u | wc -l) $(printf '%s\n' "$out" | wc -l)" '1 2' '... the same for every record'
# shellcheck disable=SC2086
feed "$(cat escalated)" esc-note $now -F -
is "$status" 64 '-F - with records on stdin: 64'
# shellcheck disable=SC2086
run esc-note $now -F nowhere escalated
answers 66 '' 'esc-note: nowhere: cannot open: No such file or directory' '-F of no file: 66'
printf 'a\377b' >bytes
# shellcheck disable=SC2086
run esc-note $now -F bytes escalated
answers 65 '' 'esc-note: bytes: the text is not UTF-8' '-F of other bytes: 65'
printf 'a\000b' >zero
# shellcheck disable=SC2086
run esc-note $now -F zero escalated
is "$status $out" '65 ' '-F with a NUL: 65'
: >empty
# shellcheck disable=SC2086
run esc-note $now --note -F empty escalated
is "$status" 64 'an empty text is none'

# --amend: several in one event, an empty value takes the field away.
# shellcheck disable=SC2086
run esc-note $now --amend subject=New --amend x_site=Leeds --amend case_number= --amend requester.name=Kim -m typo escalated
is "$status $(last '[.set, .was]')" '0 [{"subject":"New","x_site":"Leeds","case_number":null,"requester.name":"Kim"},{"subject":"Missed","x_site":null,"case_number":"77","requester.name":null}]' '--amend: all in one event'
is "$(printf '%s\n' "$out" | jq -c '[.subject, .x_site, .case_number, .requester.name, .requester.email]')" '["New","Leeds",null,"Kim","kim@example.org"]' '... in force'
printf '%s\n' "$out" >amended
# shellcheck disable=SC2086
run esc-note $now --retract 3 -m wrong amended
is "$(printf '%s\n' "$out" | jq -c '[.subject, .x_site, .case_number, .requester]')" '["Missed",null,"77",{"email":"kim@example.org"}]' '... and back again'
# shellcheck disable=SC2086
run esc-note $now --amend subject=New --amend case_opened=soon -m typo escalated
is "$status $out" '65 ' 'one that is refused refuses all'
like "$err" '^esc-note: escalated:1: case_opened: ' '... and is named'
# shellcheck disable=SC2086
run esc-note $now --amend x_none= -m typo escalated
answers 0 "$(cat escalated)" '' 'nothing taken away is nothing'

# --attach: one event a file; more than a few.
mkdir blobs
files=
n=0
while [ $n -lt 20 ]; do
	n=$((n + 1))
	echo "$n" >"file$n"
	files="$files --attach file$n"
done
# shellcheck disable=SC2086
run esc-note $now --blobs blobs $files escalated
is "$status $(printf '%s\n' "$out" | jq -c '[.events[2:][] | [.type, .attachment.name]] | [length, .[0], .[16], .[19]]')" \
	'0 [20,["attached","file1"],["attached","file17"],["attached","file20"]]' 'twenty files, twenty events'
is "$(last '.attachment.b2')" "\"$(b2sum -l 256 file20 | cut -c1-64)\"" '... with the hash of each'
# shellcheck disable=SC2086
run esc-note $now --blobs blobs --attach nowhere escalated
is "$status" 66 'no such file: 66'

# --repin: another version of the same policy.
mkdir terms
esc-policy show --format json s-club >terms/old.json
jq '.tiers[0].limit = "5bd"' terms/old.json >terms/s-club.json
version=$(b2sum -l 256 terms/s-club.json | cut -c1-12)
cp terms/s-club.json "terms/s-club@$version.json"
ESC_POLICY_PATH=$PWD/terms
export ESC_POLICY_PATH
# shellcheck disable=SC2086
run esc-triage $now --repin ./terms/s-club.json -m better escalated
is "$status $(last '[.type, .to, .because]')" "0 [\"repinned\",\"$version\",\"better\"]" '--repin: the version of a file'
is "$(printf '%s\n' "$out" | jq -r '.policy_version, (.clocks[] | select(.clock == "tier") | .limit_at)' | tr '\n' ' ')" "$version 2026-11-23T17:30:00Z " '... is in force'
printf '%s\n' "$out" >repinned
# shellcheck disable=SC2086
run esc-triage $now --repin ./terms/s-club.json -m better repinned
answers 0 "$(cat repinned)" '' 'twice is once'
# shellcheck disable=SC2086
run esc-triage $now --repin five-tier -m better escalated
answers 65 '' 'esc-triage: escalated:1: policy: the case is under s-club, not under five-tier' 'another policy is refused'
# shellcheck disable=SC2086
run esc-triage $now --repin nowhere -m better escalated
is "$status $out" '78 ' 'a policy that is nowhere: 78'
unset ESC_POLICY_PATH

# Times.
# shellcheck disable=SC2086
run esc-note $now --at yesterday -m past escalated
is "$status $out" '65 ' 'an --at that is no time is refused'
like "$err" '^esc-note: escalated:1: --at: ' '... by name'
# shellcheck disable=SC2086
run esc-note $now --at -2h -m past escalated
is "$status $(last '[.at, .logged]')" '0 ["2026-11-16T10:00:00Z","2026-11-16T12:00:00Z"]' '--at: relative to now'
run esc-note --now 2026-11-16T08:00:00Z --by cat -m early escalated
is "$status $(last '[.at, .logged]')" '0 ["2026-11-16T09:20:00Z",null]' 'never earlier than the last recording'
is "$err" "esc-note: warning: escalated:1: now is earlier than the last event's recording, which is used" '... and a warning'

# -m where nothing takes a text: said, since it is not recorded.
# shellcheck disable=SC2086
run esc-triage $now --assign ann -m knows escalated
is "$status $(last .type) $err" "0 \"assigned\" esc-triage: warning: -m: nothing here takes a text, so it is not recorded; esc-note -m adds a note" 'no text is dropped without a word'

done_testing
