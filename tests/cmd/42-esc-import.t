#!/bin/sh
# esc-import: a real event log, a real export, mappings of one's own.
# ESC_SERVICENOW_LOG=FILE runs the comparison on the whole log, too.
log=${ESC_SERVICENOW_LOG-}
. "${0%/*}/../lib.sh"

command -v python3 >/dev/null || skip_all 'no python3'
now=2026-11-21T19:30:00Z
itil=$DATA/servicenow/itil.json

run python3 "$TESTS/import_servicenow.py" "$DATA/servicenow/incident_event_log.csv" \
	"$DATA/servicenow"
is "$status" 0 'the slice of the log: all figures'
[ "$status" -eq 0 ] || printf '%s\n' "$out" "$err" | sed 's/^/# /'
if [ -n "$log" ]; then
	run python3 "$TESTS/import_servicenow.py" "$log" "$DATA/servicenow"
	is "$status" 0 'the whole log: all figures'
	[ "$status" -eq 0 ] || printf '%s\n' "$out" "$err" | sed 's/^/# /'
fi

# count ERE: lines of the last output that match.
count() {
	printf '%s\n' "$out" | grep -Ec -e "$1"
}
run esc-import --now $now --by import --policy five-tier --map support-tickets \
	"$DATA/tickets/tickets.csv"
is "$status $err" '0 ' 'tickets: no message'
is "$(count .)" 60 'tickets: one row, one case'
is "$(printf '%s\n' "$out" | cut -d '"' -f 6 | sort -u | wc -l | tr -d ' ')" 60 \
	'tickets: ids differ'
python3 - "$DATA/tickets/tickets.csv" >want <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        print(row["Ticket ID"], {"Open": "submitted", "Closed": "closed"}.get(
            row["Ticket Status"], "escalated asked"),
            row["Customer Satisfaction Rating"][:1] or "-",
            row["Time to Resolution"].replace(" ", "T") + "Z"
            if row["Time to Resolution"] else "-")
PY
printf '%s\n' "$out" | python3 -c '
import json, sys
for line in sys.stdin:
    case = json.loads(line)
    print(case["case_number"], " ".join([case["state"], *case.get("held", [])]),
          case.get("feedback", {}).get("score", "-"),
          case.get("resolution", {}).get("at", "-"))' >got
same got want 'tickets: states, ratings and resolutions, in any order of time'

cat >log.csv <<'CSV'
id,when,state,group
7,1.6.2026 09:00,new,
7,1.6.2026 10:00,open,desk
8,1.6.2026 10:30,new,
7,2.6.2026 10:00,open,lab
CSV
cat >map.json <<'JSON'
{
 "key": "id", "order": "when",
 "time": {"formats": "%d.%m.%Y %H:%M", "zone": "Europe/London"},
 "line": {"column": "group", "tiers": {"desk": "1", "lab": "2"}},
 "fields": {"case_number": "id", "subject": {"text": "Ticket {id}"}, "impact": {"text": "major"}},
 "events": [
  {"event": "accepted", "on": "state", "to": "open", "with": {"tier": {"tier": true}}},
  {"event": "promoted", "line": true, "with": {"reason": {"text": "to the {group}"}}}
 ]
}
JSON
set -- --now $now --by import --policy "$DATA/forms/desk.json" --map ./map.json
run esc-import "$@" log.csv
is "$status $err" '65 esc-import: log.csv:5: the rows of 7 do not stand together: say --sort' \
	'a key that comes back'
run esc-import "$@" --sort log.csv
is "$status $err" '0 ' '--sort: no message'
is "$(printf '%s\n' "$out" | sed 's/.*"case_number":"\([^"]*\)".*}],"state":"\([^"]*\)".*/\1 \2/')" \
	'7 escalated
8 submitted' '--sort: cases in the order of their first rows'
like "$out" '"created":"2026-06-01T08:00:00Z"' 'created is the first thing known'
like "$out" '"id":"ESC-0000000000' 'and no part of the id'
like "$out" '"at":"2026-06-02T09:00:00Z","by":"import","type":"promoted","from":1,"to":2,"reason":"to the lab","judged":\[\{"clock":"tier","tier":1,"cycle":1' \
	'a promotion, judged'
run esc-import "$@" --sort --tz Asia/Tokyo log.csv
like "$out" '"created":"2026-06-01T00:00:00Z"' '--tz instead of the mapping'
head -n 3 log.csv | tail -n 2 >half && sed -i '1i id,when,state,group' half
sed 's/^8/9/' log.csv >other.csv
run esc-import "$@" half other.csv
is "$status $err" '65 esc-import: other.csv:2: the rows of 7 do not stand together: say --sort
esc-import: other.csv:3: the rows of 7 do not stand together: say --sort
esc-import: other.csv:5: the rows of 7 do not stand together: say --sort' \
	'a key of another file'

sed 's/2.6.2026 10:00/31.6.2026 10:00/' log.csv >bad.csv
run esc-import "$@" --sort --reject refused bad.csv
is "$status $err" '65 esc-import: bad.csv:5: when: no such time; got "31.6.2026 10:00"' \
	'a row that cannot be read refuses its case'
is "$(count .)" 1 'the rest goes on'
is "$(sed 's/.*"line_b64":"\([^"]*\)".*/\1/' refused | base64 -d)" \
	"$(sed '1d;/^8/d' bad.csv)" 'refused rows are all there'
sed 's/2.6.2026/2.6.2027/' log.csv >late.csv
run esc-import "$@" --sort late.csv
is "$status $err" '65 esc-import: late.csv:5: an event that lies after now' \
	'nothing after now'
printf 'id,state,when\n1,new,1.6.2026 09:00\n' >less.csv
run esc-import "$@" less.csv
answers 65 '' "esc-import: less.csv:1: no column \"group\", which the mapping names" \
	'a column that is missing'
printf 'id;state;Group\n1;new;\n2;new;\n' >parted.csv
run esc-import "$@" parted.csv
answers 65 '' 'esc-import: parted.csv:1: the header is one cell: cells are parted by commas, not by ";"' \
	'another separator'
printf 'id,state,group,when\n' >moved.csv
run esc-import "$@" --sort log.csv moved.csv
is "$status" 65 '--sort: one header'

sed 's/"key": "id",//' map.json >nokey.json
run esc-import "$@" --map ./nokey.json log.csv
answers 78 '' 'esc-import: --map: ./nokey.json: /key: required' 'a mapping without key'
sed 's/"key": "id",//; s/"impact"/"impakt"/' map.json >faults.json
run esc-import "$@" --map ./faults.json log.csv
answers 78 '' 'esc-import: --map: ./faults.json: /fields/impakt: no field of a form; names of your own begin with x_
esc-import: --map: ./faults.json: /key: required' 'all faults of a mapping at once'
cat >wrong.json <<'JSON'
{
 "key": "id", "order": "when", "time": {"formats": "%d.%m.%Y %H:%M", "zone": "UTC"},
 "line": {"column": "group", "tiers": {"desk": "1", "the/lab": "9"}, "most": 3},
 "fields": {"case_number": "id", "subject": "id", "impact": {"text": "major"}},
 "events": [
  {"event": "accepted", "on": "state", "with": {"tier": {"value": 7}, "priority": {"text": "any"}}},
  {"event": "accepted", "with": {"tier": {"text": "2", "as": "integer"}}},
  {"event": "resolved", "on": "state", "with": {"outcome": [{"column": "state", "values": {"a": "done", "b": "zork", "c": null}, "else": "zurk"}, {"text": "zark"}], "summary": {"text": "zork"}}},
  {"event": "rated", "with": {"score": {"value": 99}}},
  {"event": "resolved", "with": {"outcome": {"text": "{state}"}, "x_own": "id"}}
 ]
}
JSON
run esc-import "$@" --map ./wrong.json log.csv
answers 78 '' 'esc-import: --map: ./wrong.json: /line/tiers/the~1lab: policy desk has tiers 1 to 2; got "9"
esc-import: --map: ./wrong.json: /line/most: policy desk has tiers 1 to 2; got 3
esc-import: --map: ./wrong.json: /events/0/with/tier/value: policy desk has tiers 1 to 2; got "7"
esc-import: --map: ./wrong.json: /events/2/with/outcome/0/values/b: no outcome at any tier of policy desk; got "zork"
esc-import: --map: ./wrong.json: /events/2/with/outcome/0/else: no outcome at any tier of policy desk; got "zurk"
esc-import: --map: ./wrong.json: /events/2/with/outcome/1/text: no outcome at any tier of policy desk; got "zark"
esc-import: --map: ./wrong.json: /events/3/with/score/value: expected a whole number from 0 to 10; got "99"' \
	'what the policy does not have: all of it, before any row'
python3 -c '
import json, sys
policy = json.load(open(sys.argv[1]))
policy["priorities"] = [{"code": "p1", "label": "First"}]
policy["queues"] = {"inbox": {}}
json.dump(policy, open("listed.json", "w"))' "$DATA/forms/desk.json"
cp -R "$DATA/forms/calendars" .
printf '{"key":"id","fields":{},"events":[{"event":"routed","with":{"queue":{"text":"outbox"}}},{"event":"routed","with":{"queue":{"text":"inbox"}}},{"event":"reprioritised","with":{"priority":{"text":"p2"}}},{"event":"reprioritised","with":{"priority":{"text":"first"}}}]}' >listed.map.json
run esc-import --now $now --policy ./listed.json --map ./listed.map.json log.csv
answers 78 '' 'esc-import: --map: ./listed.map.json: /events/0/with/queue/text: no queue of policy desk; got "outbox"
esc-import: --map: ./listed.map.json: /events/2/with/priority/text: no priority of policy desk; got "p2"' \
	'queues and priorities, where the policy lists them'
run esc-import "$@" --map nothing log.csv
is "$status" 66 'no such mapping'
mkdir -p found/maps && cp map.json found/maps/ours.json
ESC_POLICY_PATH=$PWD/found run esc-import "$@" --map ours --sort log.csv
is "$status" 0 'a mapping by its name'
run esc-import --now $now --policy "$itil" log.csv
is "$status" 64 'no mapping'
run esc-import --now $now --map servicenow log.csv
is "$status" 64 'no policy'
printf 'id,state\n5,x\n6,y\n' >bare.csv
printf '{"key":"id","fields":{"case_number":"id","subject":"state","impact":{"text":"major"}}}' >bare.json
run esc-import "$@" --map ./bare.json bare.csv
is "$status $err" '0 esc-import: warning: created is now: nothing says when, in 2 cases' \
	'nothing says when'

printf 'org,num,at\na/b,c,2026-11-01T10:00:00Z\na,b/c,2026-11-01T10:00:00Z\na/b,c,2026-11-02T10:00:00Z\n' >keys.csv
printf '{"key":["org","num"],"created":"at","fields":{"case_number":"org","subject":"num","impact":{"text":"major"}}}' >keys.json
run esc-import "$@" --map ./keys.json keys.csv
is "$status $err" '65 esc-import: keys.csv:4: the rows of ["a/b","c"] do not stand together: say --sort' \
	'a key of several columns'
is "$(printf '%s\n' "$out" | cut -d '"' -f 6 | sort -u | wc -l | tr -d ' ')" 2 \
	'a slash in a cell: keys that differ, ids that differ'
feed '{"case_number":"a/b","subject":"c","impact":"major","created":"2026-11-01T10:00:00Z","x_key":["a/b","c"]}' \
	esc-submit --now $now --by import --policy "$DATA/forms/desk.json" --key x_key
ids=$(printf '%s\n' "$out" | cut -d '"' -f 6)
run esc-import "$@" --map ./keys.json keys.csv
is "$(printf '%s\n' "$out" | head -n 1 | cut -d '"' -f 6)" "$ids" \
	'the list is the key, as it is for esc-submit'
done_testing
