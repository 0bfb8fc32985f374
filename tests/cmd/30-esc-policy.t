#!/bin/sh
# esc-policy: list, show, check; where policies and calendars are found.
. "${0%/*}/../lib.sh"

export ESC_NOW=2026-11-21T12:00:00Z

# Every fault of a bad policy, with its place.
for case in "$TESTS"/bad/policy-*; do
	cp "$case/in" policy.json
	run esc-policy check policy.json
	answers 78 '' "$(cat "$case/err")" "bad: ${case##*/}"
done
rm policy.json

# list
run esc-policy list
is "$status$err" 0 'list'
like "$out" '^NAME +VERSION +CALENDAR +TITLE$' 'list: titles'
is "$(printf '%s\n' "$out" | awk 'NR > 1 { print $1 }' | tr '\n' ' ')" \
	'customer-resolutions five-tier perfect-gym s-club ' 'list: the built-ins'
for name in customer-resolutions five-tier perfect-gym s-club; do
	run esc-policy show --format json $name
	version=$(b2sum -l 256 "$WORK/out" | cut -c 1-12)
	run esc-policy list $name
	like "$out" "^$name +$version +[a-z-]+ +[A-Z]" "list: $name's version is that of its bytes"
done

# show
same "$ROOT/lib/policies/s-club.json" "$(
	esc-policy show --format json s-club >s-club.out
	echo s-club.out
)" 'show --format json: the file as it is'
run esc-policy show s-club
is "$status$err" 0 'show'
like "$out" '^ +2  supervisor +.* 2 to 3 business days$' 'show: the ladder as a table'
like "$out" '^ +4  executive-legal .* case by case$' 'show: a tier without a limit'
like "$out" '^    Outcomes: solution-implemented \(Solution implemented\),' 'show: outcomes'
like "$out" '^      unresolved: Unresolved Issues\. Initial attempts to resolve' 'show: codes and meanings'
like "$out" '^  update: 2 to 3 business days$' 'show: clocks'
like "$out" '^    high-compliance-legal: trigger is compliance-legal$' 'show: rules'
like "$out" '^    Monday to Friday: 09:00-17:30$' 'show: hours'
like "$out" '^    Holidays by date are known for 2026 to 2028 only\.$' 'show: the years of the holidays'
like "$out" '^    Mon 2026-12-28 Boxing Day \(substitute day\)$' 'show: holidays'
like "$out" 'senior-management  the department manager or senior executive  3 to' \
	'show: a file is no terminal: nothing is cut'
unlike "$(printf '%s\n' "$out" | sed '/^ *TIER/,/^$/d')" '.{81}' '... and text is wrapped at 80 columns'
COLUMNS=80 run esc-policy show s-club
out=$(printf '%s\n' "$out" | sed 's/…/./g') # one column, three bytes
unlike "$out" '.{81}' 'show: no wider than COLUMNS'
COLUMNS=60 run esc-policy show perfect-gym
out=$(printf '%s\n' "$out" | sed 's/…/./g')
unlike "$out" '.{61}' 'show: no wider than the terminal'
like "$out" 'ts_tl_au@perfectgym.com' 'show: addresses'
run esc-policy show --format text five-tier
like "$out" '^    Where channel is chat: 2 to 4 business hours$' 'show: goals by condition'

# check
run esc-policy check
answers 0 '' '' 'check: nothing to be found in the built-ins'
run esc-policy check --now 2028-10-01T00:00:00Z s-club
answers 1 's-club: calendars/london: the holidays end on 2028-12-26' '' 'check: holidays that end'
run esc-policy check --now 2016-10-15T00:00:00Z s-club
answers 1 's-club: calendars/london: the holidays begin on 2026-01-01' '' 'check: holidays that are yet to begin'
mkdir half half/calendars
jq '.calendar = "half"' "$ROOT/lib/policies/s-club.json" >half/s-club.json
jq '.holidays = [{"yearly": "12-25"}, {"date": "2026-12-24", "hours": ["09:00-12:00"]}]' \
	"$ROOT/lib/policies/calendars/london.json" >half/calendars/half.json
run esc-policy check half/s-club.json
answers 0 '' '' 'check: yearly holidays and an exception have no end'
run esc-policy show half/s-club.json
unlike "$out" 'Holidays by date' 'show: ... and are known for all years'
cat >odd.json <<'EOF'
{"name": "odd", "calendar": "london",
 "form": {"impact": {"codes": [{"code": "high"}, {"code": "low"}]}},
 "tiers": [{"name": "a", "limit": "2d"}, {"name": "b", "owner": "Bo", "limit": "1bd"}],
 "rules": {"tier": [{"name": "all", "tier": "b"}, {"name": "high", "when": {"impact": "high"}, "tier": "a"}]},
 "notices": [{"on": "accepted", "to": ["owner"], "template": "{subjcet}"}]}
EOF
run esc-policy check odd.json s-club
answers 1 "odd.json: /rules/tier/1: rule \"high\" never matches: \"all\" does before it
odd.json: /tiers/0: tier \"a\" has no owner
odd.json: /tiers/0: tier \"a\" is unreachable: every case enters above it
odd.json: /notices/0/template: unknown field {subjcet}
odd.json: /tiers/0/limit: 2d is plain time, nights and holidays included; business days are bd, and hours say what plain days do" '' 'check: all that is found'
jq '.notices[0].template = "{\u001b[31mred}" | .rules = {} | .tiers = [.tiers[1]]' odd.json >red.json
run esc-policy check red.json
answers 1 'red.json: /notices/0/template: unknown field {\u{1B}[31mred}' '' \
	'check: a policy cannot act on a terminal'
jq '.rules = {} | .notices = [] |
	.tiers = [{"name": "a", "owner": "Al", "limit": "1bh", "outcomes": []},
		{"name": "b", "owner": "Bo", "limit": "1bh", "outcomes": [{"code": "x", "ends": false}]}]' \
	odd.json >stuck.json
run esc-policy check stuck.json
answers 1 'stuck.json: /tiers/1/outcomes: no outcome of tier "b" ends a case' '' \
	'check: a tier at which nothing ends'
mkdir stuck && jq '.name = "stuck"' stuck.json >stuck/stuck.json
esc-submit --policy stuck/stuck.json --now $ESC_NOW --subject S >submitted 2>"$WORK/err"
export ESC_POLICY_PATH=stuck
esc-triage --accept --now $ESC_NOW submitted >accepted
run esc-resolve --outcome 'any text' -m done --now $ESC_NOW accepted
is "$status$err" 0 'an empty list of outcomes takes any text'
esc-promote --now $ESC_NOW -m why accepted >promoted
run esc-resolve --outcome x -m done --now $ESC_NOW promoted
answers 65 '' 'esc-resolve: promoted:1: outcome: none ends a case at tier 2 (b)' \
	'... one of which none ends takes none, and says so'
unset ESC_POLICY_PATH
run esc-policy check odd.json nowhere
is "$status" 78 'check: a fault is worse than a finding'
like "$err" 'no policy "nowhere"' 'check: ... and said beside them'

jq '.notices = [] | .rules = {} | .tiers = [.tiers[1]] | .tiers[0].limit = "99999bd"' odd.json >far.json
run esc-policy check far.json
answers 78 '' 'esc-policy: far.json: /tiers/0/limit: never reached: past the year 2199 on the calendar london' \
	'a limit that no case will see'

# usage
run esc-policy
is "$status" 64 'no command'
run esc-policy frobnicate
is "$status" 64 'no such command'
run esc-policy show
is "$status" 64 'show: no policy'
run esc-policy show s-club five-tier
is "$status" 64 'show: two policies'
run esc-policy show --format yaml s-club
is "$status" 64 'show: no such format'
run esc-policy check --format json s-club
is "$status" 64 'check: takes no format'
run esc-policy show ./none.json
answers 66 '' 'esc-policy: ./none.json: no such file' 'show: no such file'
run esc-policy show ../../etc/passwd
is "$status" 66 'show: a path is a file'
mkdir folder.json
run esc-policy check folder.json
answers 78 '' 'esc-policy: folder.json: no regular file' 'check: a folder'

# Lookup: folders in order, then the store's, then the built-ins.
mkdir -p one/calendars two store/policies
jq '.title = "One"' "$ROOT/lib/policies/s-club.json" >one/s-club.json
jq '.title = "Two"' "$ROOT/lib/policies/s-club.json" >two/s-club.json
jq '.name = "mine" | .title = "Mine"' "$ROOT/lib/policies/s-club.json" >store/policies/mine.json
title() { esc-policy list "$1" 2>&1 | tail -n 1 | awk '{ $1 = $2 = $3 = ""; print substr($0, 4) }'; }
is "$(ESC_POLICY_PATH=one:two title s-club)" One 'the first folder'
is "$(ESC_POLICY_PATH=none::two:one title s-club)" Two 'a folder that is not there'
is "$(ESC_STORE=store title mine)" Mine "the store's"
like "$(ESC_STORE=store esc-policy list)" '^mine ' 'list: names them too'
is "$(ESC_POLICY_PATH=one title five-tier)" 'Five-tier escalation protocol' 'the built-ins last'
is "$(ESC_POLICY_PATH=two title one/s-club.json)" One 'a file is that file'
jq '.name = "other"' one/s-club.json >two/renamed.json
ESC_POLICY_PATH=two run esc-policy show renamed
answers 78 '' "esc-policy: two/renamed.json: /name: the file's name says \"renamed\"; got \"other\"" \
	'a policy under a wrong name'

# Terms are pinned: a case keeps the text that it came under.
mkdir pinned
jq '.name = "mine" | .title = "Old"' "$ROOT/lib/policies/s-club.json" >pinned/mine.json
old=$(b2sum -l 256 pinned/mine.json | cut -c 1-12)
export ESC_POLICY_PATH=pinned
esc-submit --policy mine --trigger unresolved --subject S --description D \
	--created $ESC_NOW --now $ESC_NOW >case
is "$(jq -r .policy_version case)" "$old" 'a new case is under the newest terms'
mv pinned/mine.json "pinned/mine@$old.json"
jq '.name = "mine" | .title = "New"' "$ROOT/lib/policies/s-club.json" >pinned/mine.json
run esc-triage --auto --now $ESC_NOW case
is "$status$err $(jq -r '.policy_version + " " + .state' "$WORK/out")" "0 $old escalated" \
	'NAME@VERSION.json is found'
is "$(esc-policy list | grep -c '^mine')" 1 'list: the newest alone'
is "$(title mine)" New '... by its name'
rm "pinned/mine@$old.json"
run esc-triage --auto --now $ESC_NOW case
is "$status" 78 'a version that is nowhere'
like "$err" "\"mine\" of version $old" '... is named'
jq -c '.policy = "../pinned/mine"' case >crafted
run esc-triage --auto --now $ESC_NOW crafted
is "$status" 78 'a name in a record is no path'
unset ESC_POLICY_PATH

# Calendars: beside a file first, in the folders, then the built-ins.
jq '.timezone = "Europe/Dublin"' "$ROOT/lib/policies/calendars/london.json" >one/calendars/london.json
zone() { esc-policy show "$@" | sed -n 's/^  london, time zone \([^,]*\).*/\1/p'; }
is "$(zone ./one/s-club.json)" Europe/Dublin 'a calendar beside the file'
is "$(zone ./two/s-club.json)" Europe/London 'else the built-in'
is "$(ESC_POLICY_PATH=one zone ./two/s-club.json)" Europe/Dublin 'else from the folders'
is "$(ESC_POLICY_PATH=one zone s-club)" Europe/Dublin "a folder's policy takes the folder's calendar"
printf '{"timezone":"Europe/Dublin","hours":{"mon":["09:00-09:00"]}}' >one/calendars/london.json
run esc-policy check one/s-club.json
is "$status" 78 'a broken calendar'
like "$err" '^esc-policy: one/s-club.json: /calendar: one/calendars/london.json: /hours/mon/0: ' \
	'... is said with its place'

done_testing
