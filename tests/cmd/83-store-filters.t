#!/bin/sh
# Filters of one's own before the store, in jq and in Python: events of their
# own type, numbers as jq writes them, and what they may not change.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'
command -v python3 >/dev/null || skip_all 'needs python3'

now=2026-11-16T12:00:00Z
new_store
fill 4
one=$(nth 1)
odd='"x_fee":78.340,"x_big":12345678901234567890,"x_one":1.0,"x_e":1E2,"x_neg":-0,"x_list":[0.10,{"n":2.50}]'

# kept NAME: the odd numbers of every case stand as they were submitted.
kept() {
	is "$(esc-cat --all | grep -cF -e "$odd")" 4 "$1"
}
# took TYPES NAME: the last two events of every case.
took() {
	is "$(esc-cat --all | jq -cr '[.events[-2:][].type]|join(" ")' | sort -u)" "$1" "$2"
}

# A pipe, jq.
cat >scan.jq <<'JQ'
.events += [{at: $now, by: "scan", type: "x-scanned", score: 0.5},
            {at: $now, by: "scan", type: "noted", text: "scanned"}]
JQ
esc-cat --all | jq -c --arg now $now -f scan.jq >filtered
ok 'jq rewrites numbers' grep -q '"x_fee":78.34,"x_big":12345678901234567[0-9]*,"x_one":1,' filtered
run esc-commit --now $now filtered
answers 0 '' '' 'jq appends an event of its own and a note'
took 'x-scanned noted' 'both are stored'
kept 'numbers that jq rewrote stand as they were'
run esc-commit --now $now filtered
answers 0 '' '' 'once more'
is "$(seq_of)" 8 'twice is once'

# A pipe, ten lines of Python.
cat >seen.py <<'PY'
import json, sys
for line in sys.stdin:
    case = json.loads(line)
    for kind in ("x-seen", "noted"):
        event = {"type": kind, "by": "seen.py", "at": sys.argv[1]}
        if kind == "noted":
            event["text"] = "seen %d events" % len(case["events"])
        case["events"].append(event)
    print(json.dumps(case))
PY
is "$(wc -l <seen.py | tr -d ' ')" 9 'a filter of ten lines'
esc-cat --open | python3 seen.py $now >filtered
run esc-commit --now $now filtered
answers 0 '' '' 'Python appends an event of its own and a note'
took 'x-seen noted' 'both are stored, too'
kept 'numbers that Python rewrote stand as they were'
is "$(stored "$one" '.events[-1].text')" 'seen 5 events' 'it saw what jq had added'

# --events, both.
esc-cat --all | jq -c '{id, event: {type: "x-scanned", score: 2}},
	{id, event: {type: "noted", text: "scanned"}}' >events
run esc-commit --events --by scan --now $now events
answers 0 '' '' '--events from jq'
took 'x-scanned noted' '--events: both are stored'
is "$(stored "$one" '.events[-1]|[.at,.by]|join(" ")')" "$now scan" \
	'--events: at and by are filled in'
cat >events.py <<'PY'
import json, sys
for line in sys.stdin:
    case = json.loads(line)
    for event in ({"type": "x-seen"}, {"type": "noted", "text": "seen"}):
        print(json.dumps({"id": case["id"], "rev": case["rev"], "event": event}))
PY
esc-cat --all | python3 events.py >events
run esc-commit --events --by seen.py --now $now events
answers 0 '' '' '--events from Python, with the rev that it saw'
took 'x-seen noted' '--events: both are stored, too'
run esc-commit --events --by seen.py --now $now events
is "$status" 75 '--events: an old rev is stale'
like "$err" "^esc-commit: events:1: " 'and says where'
kept '--events touch no number'
printf '{"id":"%s","event":{"type":"closed"}}\n' "$one" >closed
run esc-commit --events --now $now closed
is "$status $out" '65 ' '--events are commands: the table is checked'
like "$err" 'cannot close|closed' 'with the reason'
printf '{"id":"%s","event":{"type":"noted"}}\n' "$one" >blank
run esc-commit --events --now $now blank
is "$status" 65 '--events: a note needs its text'
printf '{"id":"ESC-00000000000000000000000000","event":{"type":"x-a"}}\n' >nobody
run esc-commit --events --now $now nobody
ok '--events: a case that is not there' [ "$status" -eq 65 ] ||
	fail 'status' "$status" "$err"

# What a filter may not do.
before=$(seq_of)
for change in '.subject = "Other"' '.requester.name = "Eve"' '.x_new = 1' 'del(.x_one)' \
	'.x_fee = 78.35'; do
	esc-cat "$one" | jq -c "$change" >changed
	run esc-commit --now $now changed
	is "$status $out" '65 ' "refused: $change"
	like "$err" 'only events change a committed case' "with the reason: $change"
done
esc-cat "$one" | jq -c 'del(.events[1])' >changed
run esc-commit --now $now changed
is "$status" 75 'fewer events: stale'
esc-cat "$one" | jq -c '.events[0].by = "eve"' >changed
run esc-commit --now $now changed
is "$status" 75 'another event: stale'
esc-cat "$one" | jq -c '.events += [{at:"2026-11-16T12:05:01Z",by:"x",type:"x-later"}]' >changed
run esc-commit --now $now changed
is "$status" 65 'more than five minutes ahead: refused'
is "$(seq_of)" "$before" 'nothing of these was written'
run esc-commit --allow-future --now $now changed
answers 0 '' '' '--allow-future takes it'

# Derived fields say what they like.
esc-cat "$(nth 2)" | jq -c --arg now $now -f scan.jq |
	jq -c '.state = "closed" | .tier = 9 | del(.clocks, .due)' >lies
run esc-commit --now $now lies
answers 0 '' '' 'derived fields are not read'
is "$(stored "$(nth 2)" '[.state,.tier,(.clocks|length>0)]|join(" ")')" 'escalated 1 true' \
	'but computed afresh'
esc-cat "$one" | esc-note --amend 'subject=Mended' -m 'a typo' --by ana --now 2026-11-16T12:10:00Z >mended
run esc-commit --now 2026-11-16T12:10:00Z mended
answers 0 '' '' 'an amended event changes a form'
is "$(stored "$one" .subject)" Mended 'and it is in force'

# An erased case whose requester an event had mended: {} is what esc-cat said,
# and a fold makes {"email":""} of it.
one=$(nth 3)
esc-cat "$one" | esc-note --amend requester.email=k@example.org -m 'moved' --by ana \
	--now 2026-11-16T12:20:00Z | esc-commit --now 2026-11-16T12:20:00Z
esc-store erase --yes -m 'asked for' "$one" >/dev/null
esc-cat "$one" | jq -c --arg now 2026-11-16T12:30:00Z -f scan.jq >filtered
run esc-commit --now 2026-11-16T12:30:00Z filtered
answers 0 '' '' 'an erased case goes on'
before=$(seq_of)
run esc-commit --now 2026-11-16T12:30:00Z filtered
answers 0 '' '' 'the same again is no other requester'
is "$(seq_of)" "$before" 'and nothing new'
run esc-store verify
is "$status" 0 'esc-store verify'
done_testing
