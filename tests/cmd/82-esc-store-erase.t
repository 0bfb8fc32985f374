#!/bin/sh
# esc-store erase: 100 markers in every personal place of a case, and none of
# them left anywhere in the store; what stays, what goes on, and what does not
# come back.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'

now=2026-11-20T12:00:00Z
created=2026-11-16T09:00:00Z
reason='asked for by letter'

# Each @@ becomes a marker of its own, from $1 on.
number() {
	awk -v n="$1" '{ while (sub(/@@/, sprintf("MARK%03d", n))) n++; print }'
}
marks() {
	grep -rao 'MARK[0-9][0-9][0-9]' "$@" | sed 's/.*MARK/MARK/' | sort -u | wc -l | tr -d ' '
}
# All that a report counts; the texts in its lists are no counts.
counts() {
	esc-cat --all | esc-report --from 2026-11-01 --to 2026-12-01 --now $now --format json |
		jq -S 'del(.. | .subject?, .text?, .summary?, .reason?, .because?, .by?)'
}

# A policy that says more about what is personal.
mkdir policies
esc-policy show --format json five-tier |
	jq '.name = "mine" | .form.rationale = {} | .form["requester.role"] = {} |
		.personal += ["x_phone", "rationale"]' >policies/mine.json
export ESC_POLICY_PATH="$PWD/policies"

# The case: every personal place of the form and of events.
echo '@@' | number 1 >one.txt
echo '@@' | number 2 >two.txt
echo 'what others have, too' >both.txt
esc-submit --policy mine --by 'MARK000' --created $created --now $created \
	--subject '@@' --description '@@' --rationale '@@' \
	--requester-name 'MARK000' --requester-email '@@@example.org' --requester-role '@@' \
	--channel chat --severity high --complexity basic --case-number C-1 \
	--attach one.txt --attach two.txt --attach both.txt --blobs blobs >form
cat >events <<'END'
[{"at":"2026-11-16T09:10:00Z","by":"mark000","type":"acknowledged","text":"@@"},
{"at":"2026-11-16T09:11:00Z","by":"ana","type":"asked","text":"@@"},
{"at":"2026-11-16T09:12:00Z","by":"MARK000","type":"answered","text":"@@"},
{"at":"2026-11-16T09:13:00Z","by":"ana","type":"accepted","tier":1,"assignee":"bo","text":"@@"},
{"at":"2026-11-16T09:14:00Z","by":"ana","type":"contacted","text":"@@"},
{"at":"2026-11-16T09:15:00Z","by":"ana","type":"updated","text":"@@",
 "expected":"2026-11-17T09:00:00Z"},
{"at":"2026-11-16T09:16:00Z","by":"ana","type":"planned","text":"@@"},
{"at":"2026-11-16T09:17:00Z","by":"ana","type":"noted","text":"@@ \"@@\"\n@@"},
{"at":"2026-11-16T09:18:00Z","by":"ana","type":"improved","text":"@@"},
{"at":"2026-11-16T09:19:00Z","by":"ana","type":"paused","reason":"@@"},
{"at":"2026-11-16T09:20:00Z","by":"ana","type":"resumed","text":"@@"},
{"at":"2026-11-16T09:21:00Z","by":"ana","type":"reprioritised","priority":"low","because":"@@"},
{"at":"2026-11-16T09:22:00Z","by":"ana","type":"reclassified","set":{"severity":"critical"},
 "because":"@@","was":{"severity":"high"}},
{"at":"2026-11-16T09:23:00Z","by":"ana","type":"amended",
 "set":{"subject":"@@","requester.name":"@@","x_phone":"@@"},"because":"@@",
 "was":{"subject":"@@","requester.name":"MARK000","x_phone":["@@","@@"]}},
{"at":"2026-11-16T09:24:00Z","by":"ana","type":"amended",
 "set":{"requester":{"name":"@@","email":"@@"},"rationale":"@@",
  "x_site":{"contact":"@@","country":"DE"}},"because":"@@"},
{"at":"2026-11-16T09:25:00Z","by":"ana","type":"promoted","from":1,"to":2,"reason":"@@"},
{"at":"2026-11-16T09:26:00Z","by":"ana","type":"notified","notice":"breached",
 "to":["@@@example.org","@@"]},
{"at":"2026-11-16T09:27:00Z","by":"ana","type":"x-called","who":"@@","said":{"@@":["@@"]},
 "seconds":30},
{"at":"2026-11-16T09:28:00Z","by":"ana","type":"noted","text":"@@","heard_by":"@@",
 "details":{"@@":"@@"}},
{"at":"2026-11-16T09:29:00Z","by":"ana","type":"retracted","event":2,"because":"@@"},
{"at":"2026-11-16T09:30:00Z","by":"ana","type":"resolved","outcome":"resolved","summary":"@@"},
{"at":"2026-11-16T09:31:00Z","by":"ana","type":"rated","score":4,"comment":"@@"},
{"at":"2026-11-16T09:32:00Z","by":"ana","type":"reopened","reason":"@@"},
{"at":"2026-11-16T09:33:00Z","by":"ana","type":"resolved","outcome":"resolved","summary":"@@"}]
END
jq -c --slurpfile new events '.events += $new[0] | .x_phone = "@@" |
	.x_site = {"contact":"@@","country":"DE"} | .rationale = "@@"' form |
	number 3 | esc-fold --now $now >case
n=$(marks case)
id=$(jq -r .id case)

new_store
fill 3
esc-commit --now $now --blobs blobs case || fail 'the case is committed'
# Later revisions have more of it.
seq "$((n + 2))" 97 | jq -c --arg id "$id" \
	'{id: $id, event: {type: "noted", text: "MARK\(1000 + . | tostring | .[1:])"}}' |
	esc-commit --events --by ana --now $now || fail 'notes are committed'
# Another case has one of its attachments.
esc-submit --policy mine --by kim --created $created --now $created --subject other \
	--channel chat --severity low --complexity basic --attach both.txt --blobs blobs |
	esc-commit --now $now --blobs blobs || fail 'another case is committed'
# A writer was killed, and recovery set a half of its line aside.
printf '{"v":1,"seq":%d,"at":"2026-11-22T00:00:00Z","by":"ana","id":"%s","rev":9,"b":"1/2",' \
	"$(($(seq_of) + 1))" "$id" >torn
printf '"dh":"%064d","salt":"%032d","data":' 0 0 >>torn
esc-cat "$id" | sed 's/"subject":"[^"]*"/"subject":"MARK003 MARK098 MARK099"/' | head -c 900 >>torn
cat torn >>store/log/000000000001.jsonl
run esc-store recover
like "$out" '^set aside: [0-9]+ bytes that' 'what a killed writer left is in quarantine/'
esc-cat --all >before
counts >counts.before
is "$(marks store)" 100 '100 markers are in the store'

# Who may ask, and how.
run esc-store erase "$id"
like "$err" 'erase needs -m REASON' 'without a reason: refused'
is "$status" 64 '... with 64'
run esc-store erase -m "$reason" "${id#ESC-}"
is "$status" 64 'an end of an id is refused'
run esc-store erase -m "$reason" --field events "$id"
is "$status" 64 'events are no field to be erased'
run esc-store erase -m "$reason" --field case_opened "$id"
is "$status" 64 'instants stay'
run esc-store erase -m "$reason" "$id" </dev/null
is "$status" 64 'nobody is there to be asked: refused'
like "$err" 'say --yes$' '... and what to say is said'
is "$(marks store)" 100 'nothing was erased'
run esc-store erase --yes -m "$reason" ESC-00000000000000000000000000
answers 66 '' 'esc-store: ESC-00000000000000000000000000: no such case' 'no such case'
cp -a store old
run esc-store erase --dry-run -m "$reason" --field x_site.contact "$id"
answers 0 "$id: 49 lines, 2 attachments, 1 file set aside would be erased" '' 'a dry run tells'
ok 'and changes nothing' diff -r store old

# The erasure.  A copy that a killed program left goes too.
printf MARK999 >store/blobs/.tmp-1-0
run esc-store erase --yes -m "$reason" --field x_site.contact "$id"
answers 0 "$id: 49 lines, 2 attachments, 1 file set aside erased" '' 'what was erased is said'
is "$(marks store)" 0 'no marker is left in any file of the store'
is "$(grep -ric mark0 store | awk -F : '{ n += $2 } END { print n }')" 0 'in no spelling'
run esc-store verify
is "$status" 0 'the store verifies'
like "$out" ', 49 erased; it ends at seq [0-9]+$' 'and knows the erased lines'
esc-cat --all >after
is "$(jq -c 'select(.id != "'"$id"'")' after)" "$(jq -c 'select(.id != "'"$id"'")' before)" \
	'the other cases are as they were'
is "$(esc-cat --no-index --all | cksum)" "$(cksum <after)" 'with and without the index'
counts >counts.after
same counts.before counts.after 'a report of the past is as it was'
is "$(stored "$id" '[.case_number,.severity,.x_site.country,(.events|length),.assignee,.state]')" \
	'["C-1","critical","DE",73,null,"resolved"]' 'codes, ids and events stay'
is "$(stored "$id" '[.subject,.requester,.attachments,.rationale,.x_phone,.x_site.contact]')" \
	'["",{},[],"","",""]' 'fields are empty'
is "$(esc-cat "$id" | esc-fold | jq -cr .state,.clocks)" "$(stored "$id" .state,.clocks)" \
	'the fold of what is left is the same'
is "$(stat -c %s store/log/000000000001.jsonl)" \
	"$(($(stat -c %s old/log/000000000001.jsonl) + $(tail -n 1 store/log/*.jsonl | wc -c)))" \
	'no line has moved'
said=$(tail -n 1 store/log/*.jsonl | jq -c .data.erased)
is "$(printf '%s\n' "$said" | jq -c '[.because,.fields,(.lines|length),(.blobs|length)]')" \
	"[\"$reason\",[\"x_site.contact\",\"x_phone\",\"rationale\"],49,2]" \
	'a line says why, what and which'
run esc-store get "$(jq -r '.attachments[] | select(.name == "both.txt").b2' form)"
is "$out" 'what others have, too' 'an attachment of another case, too, stays'

# Twice is once.
run esc-store erase --yes -m "$reason" --field x_site.contact "$id"
answers 0 "$id: nothing left to erase" '' 'erasing again'
is "$(tail -n 1 store/log/*.jsonl | jq -c .data.erased)" "$said" 'writes no further line'

# It goes on, and nothing comes back.
esc-cat "$id" | esc-note --note -m 'still open' --by ana --now $now | esc-commit --now $now
is "$?" 0 'the case can grow'
is "$(stored "$id" '[.rev,.events[-1].text]')" '[50,"still open"]' 'by a revision'
esc-commit --now $now --blobs blobs case
is "$(marks store/log)" 0 'an import of the old data brings none of it back'
run esc-store verify
is "$status" 0 'and the store verifies'
esc-commit --now $now --blobs blobs case
run esc-store erase --yes -m 'the new note, too' "$id"
is "$status" 0 'what is new can be erased'
is "$(stored "$id" '.events[-1].text')" '' 'and is'
run esc-store verify
is "$status" 0 'and the store verifies again'

# No room for the new segments: what was announced is finished later.
export ESC_STORE="$PWD/small"
run esc-store init --segment-size 4K
sed 's/"description":"[^"]*"/"description":"'"$(printf '%04000d' 0)"'"/' case | esc-commit --now $now --blobs blobs
(ulimit -f 8; trap '' XFSZ; exec esc-store erase --yes -m asked --field x_site.contact "$id") >out 2>err
is "$?" 74 'a full disk'
like "$(cat err)" "^esc-store: $id: the erasure is announced, but not done: data is still there; the same command, or .esc-store recover., finishes it\$" \
	'how it is finished is said'
run esc-store verify
is "$status" 1 'it is found to be unfinished'
run esc-store recover
like "$out" '^finished: the erasure of 1 case, 1 line$' 'recover finishes it'
run esc-store verify
is "$status $(marks small/log)" '0 0' 'and then it is done'

done_testing
