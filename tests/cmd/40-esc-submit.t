#!/bin/sh
# esc-submit: forms from flags, JSON lines and CSV; ids; attachments.
. "${0%/*}/../lib.sh"

desk=$DATA/forms/desk.json
now=2026-11-21T19:30:00Z
set -- --now $now --by ann --policy "$desk"
version=$(b2sum -l 256 "$desk" | cut -c 1-12)

# The id that a form must have: ident TIME LINE...: the hash of the lines.
ident() {
	time=$1
	shift
	{
		printf 'esc-id 1\n'
		printf '%s\n' "$@"
	} | b2sum -l 256 | python3 -c '
import datetime, sys
digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
at = datetime.datetime.fromisoformat(sys.argv[1].replace("Z", "+00:00"))
n = int(at.timestamp()) * 1000 << 80 | int(sys.stdin.read()[:20], 16)
print("ESC-" + "".join(digits[n >> 5 * i & 31] for i in range(25, -1, -1)))' "$time"
}

id=$(ident 2026-11-20T09:00:00Z 'policy="desk"' 'created="2026-11-20T09:00:00Z"' \
	'case_number="C-1"' 'requester.email="pat@example.com"' 'subject="Late again"' \
	'impact="major"' 'reason=["late","rude"]' 'requester.name="Pat"')
record='{"v":1,"id":"'$id'","rev":0,"policy":"desk","policy_version":"'$version'","created":"2026-11-20T09:00:00Z","case_number":"C-1","subject":"Late again","impact":"major","reason":["late","rude"],"requester":{"name":"Pat","email":"pat@example.com"},"events":[{"at":"2026-11-20T09:00:00Z","by":"ann","type":"submitted"}],"state":"submitted"}'

run esc-submit "$@" --created 2026-11-20T10:00:00+01:00 --case-number C-1 \
	--subject 'Late again' --impact 'many people' --reason 'Late; rude' \
	--requester-name Pat --requester-email pat@example.com
answers 0 "$record" '' 'flags: the record'
printf '%s\n' "$out" >flags

feed '{"requester":{"email":"pat@example.com","name":"Pat"},"reason":["LATE","rude","late"],"impact":"major","subject":"Late again","case_number":"C-1","created":"2026-11-20T09:00:00.7Z"}' \
	esc-submit "$@"
printf '%s\n' "$out" >lines
same lines flags 'JSON lines: the same bytes'

cat >forms.csv <<'CSV'
requester.email,requester.name,reason,impact,subject,case_number,created
pat@example.com,Pat,late;rude,Many people,Late again,C-1,2026-11-20 04:00
CSV
run esc-submit "$@" --csv --tz America/New_York forms.csv
printf '%s\n' "$out" >rows
same rows flags 'CSV: the same bytes'
run esc-submit "$@" --csv --tz Europe/Lodnon forms.csv
is "$status" 64 'an unknown zone'

cat >ours.csv <<'CSV'
Who,Ticket,What,Weight,When
pat@example.com,C-1,Late again,***,20.11.2026 9:00
-,C-2,Wrong,?,20.11.2026 9:00
CSV
cat >ours.json <<'JSON'
{
 "time": {"formats": "%d.%m.%Y %H:%M", "zone": "UTC"},
 "null": "-",
 "created": "When",
 "fields": {
  "case_number": "Ticket",
  "subject": "What",
  "requester.email": "Who",
  "reason": {"text": "late;rude"},
  "requester.name": {"text": "Pat"},
  "impact": {"column": "Weight", "values": {"***": "major"}, "else": "unknown"}
 }
}
JSON
run esc-submit "$@" --csv --map ./ours.json ours.csv
printf '%s\n' "$out" >mapped
same mapped flags 'a mapping: the same bytes'
is "$status $err" '65 esc-submit: ours.csv:3: impact: expected one of limited, major; got "unknown"' \
	'a mapping: what is refused'

sed 's/,"*impact"*:.*//; /"impact"/d; s/{"text": "Pat"},/{"text": "Pat"}/' ours.json >less.json
run esc-submit "$@" --csv --map ./less.json ours.csv
answers 65 '' 'esc-submit: ours.csv:1: the mapping has no field "impact", which the policy requires' \
	'a mapping without a required field: said once'

sed '1s/.*/requester.email,requester.name,reason,Impact,"subject ",number,created/' forms.csv >names.csv
sed 1d forms.csv >>names.csv
run esc-submit "$@" --csv --tz UTC --key x_ref names.csv
answers 65 '' 'esc-submit: names.csv:1: no column "case_number", which the policy requires
esc-submit: names.csv:1: no column "subject", which the policy requires; there is "subject "
esc-submit: names.csv:1: no column "impact", which the policy requires; there is "Impact"
esc-submit: names.csv:1: no column "x_ref", which is the key' \
	'columns that are missing: said once a file'
sed 's/Many people/Große Störung/' "$desk" >letters.json
cp -R "${desk%/*}/calendars" .
sed 's/Many people/gROßE stÖrung/' forms.csv >case.csv
sed '1d; s/Many people/gROßE stöRUNG/' forms.csv >>case.csv
run esc-submit "$@" --policy ./letters.json --csv --tz UTC case.csv
is "$status $err" '65 esc-submit: case.csv:2: impact: expected one of limited, major; got "gROßE stÖrung"' \
	'labels: case does not matter in a to z, it does in other letters'
like "$out" '"impact":"major"' '... the other row'
tr , '\t' <forms.csv >tabs.csv
run esc-submit "$@" --csv --tz UTC tabs.csv forms.csv
is "$status $err" '65 esc-submit: tabs.csv:1: the header is one cell: cells are parted by commas, not by TAB' \
	'another separator: said once, and the next file is read'
is "$(printf '%s\n' "$out" | grep -c '"case_number":"C-1"')" 1 '... the next file'

form='{"case_number":"C-1","subject":"S","impact":"major"'
feed "$form,\"x_n\":[1E2, -0,78.34],\"other\":\"\\u0041\"}
$form}
$form}" esc-submit "$@"
is "$status $err" '0 esc-submit: warning: no created and no --key: created is now, and the same form makes another case next time' \
	'created is now: one warning a run'
like "$out" '"created":"2026-11-21T19:30:00Z"' 'created is now'
like "$out" '"impact":"major","x_n":\[1E2, -0,78.34\],"other":"\\u0041","events"' \
	'unknown fields stay byte for byte, before the events'

feed "$form,\"x_ref\":\"r/7\"}" esc-submit "$@" --key x_ref
is "$status$err" 0 'a key: no warning'
is "$(printf '%s' "$out" | cut -d '"' -f 6)" \
	"$(ident 1970-01-01T00:00:00Z 'policy="desk"' 'key="r/7"')" 'a key: the id'
first=$(printf '%s' "$out" | cut -d '"' -f 6)
feed '{"case_number":"C-2","subject":"T","impact":"limited","x_ref":"r\/7"}' \
	esc-submit "$@" --now 2026-11-22T00:00:00Z --key x_ref
is "$(printf '%s' "$out" | cut -d '"' -f 6)" "$first" 'a key: the same id later'
feed "$form}" esc-submit "$@" --key x_ref
answers 65 '' 'esc-submit: -:1: x_ref: required: it is the key' 'no key'
feed "$form,\"x_ref\":null}
$form,\"x_ref\":\"\"}
$form,\"x_ref\":\" \"}" esc-submit "$@" --key x_ref
is "$status $out $err" '65  esc-submit: -:1: x_ref: required: it is the key
esc-submit: -:2: x_ref: required: it is the key
esc-submit: -:3: x_ref: required: it is the key' 'null, empty and blank are no key'
run esc-submit "$@" --case-number 1 --subject S --impact major \
	--created 2026-11-20T09:00:00Z --case-opened 2027-11-20T09:00:00Z
answers 65 '' 'esc-submit: case_opened: after now; got "2027-11-20T09:00:00Z"' \
	'a case is not opened after now'

feed 'nonsense
{"subject":"S"}
{"case_number":"C-1","subject":"S","impact":"major","created":"2026-11-20T09:00:00Z"}' \
	esc-submit "$@" --reject refused --end-mark
is "$status" 65 'refused lines: status'
is "$(printf '%s\n' "$out" | tail -n 1)" '{"end":true,"records":1}' 'the rest goes on'
is "$(sed -n 2p refused)" '{"rejected":1,"at":"2026-11-21T19:30:00Z","by":"ann","program":"esc-submit","policy":"desk","source":"-:2","errors":[{"field":"case_number","error":"required"},{"field":"impact","error":"required"}],"record":{"subject":"S"}}' \
	'a reject line'

run esc-submit "$@" --csv --need-end forms.csv
is "$status" 64 'CSV has no end mark'
run esc-submit --now $now --by ann --subject S
is "$status" 64 'no policy'
run esc-submit "$@" --subject S forms.csv
is "$status" 64 'flags or files'
run esc-submit "$@" --map ./ours.json --subject S
is "$status" 64 'a mapping without --csv'
run esc-submit "$@" --csv --encoding klingon forms.csv
is "$status" 64 'an unknown encoding'
run esc-submit "$@" --csv missing.csv
is "$status" 66 'a missing file'
run esc-submit "$@" --case-number 1 --subject S --impact major --created -3h -m 'in full'
like "$out" '"created":"2026-11-21T16:30:00Z".*"description":"in full"' \
	'a relative time, and -m'

run esc-submit "$@" --case-number 1 --subject S --impact major --attach forms.csv
is "$status" 64 'attachments need a folder'
ln -s forms.csv link && mkfifo pipe && mkdir folder
run esc-submit "$@" --case-number 1 --subject S --impact major --created $now \
	--attach ./forms.csv --attach ../t/ours.csv --blobs blobs
hash=$(b2sum -l 256 forms.csv | cut -c 1-64)
like "$out" '"attachments":\[\{"name":"forms.csv","size":[0-9]+,"b2":"'"$hash"'"\},\{"name":"ours.csv"' \
	'attachments: names, sizes, hashes'
same forms.csv "blobs/$(printf %.2s "$hash")/$hash" 'the copy'
is "$(find blobs -type f | wc -l | tr -d ' ')" 2 'nothing else is left'
for file in link pipe folder; do
	run esc-submit "$@" --case-number 1 --subject S --impact major \
		--attach $file --blobs blobs
	is "$status$out" 65 "not attached: a $file"
done
run esc-submit "$@" --case-number 1 --subject S --impact major --attach none --blobs blobs
is "$status" 66 'not attached: what is not there'
done_testing
