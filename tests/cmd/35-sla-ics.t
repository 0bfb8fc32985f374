#!/bin/sh
# esc-sla-check --format ics: read by python3-icalendar, and by khal where it
# is there; the events counted again by jq.
# shellcheck disable=SC1003,SC2016,SC2094 # a backslash; jq's; what is read is not written
. "${0%/*}/../lib.sh"
. "$TESTS/story.sh"
. "$TESTS/sla.sh"
command -v jq >/dev/null || skip_all 'needs jq'
python=$(sla_python icalendar)
[ -n "$python" ] || skip_all 'needs python3-icalendar'

sla_cases cases
submit 2026-11-16T10:00:00Z --policy customer-resolutions --subject S --description D --impact major \
	--case-number R-1 --rationale R --reason time-sensitive
sla_keep cases

# calendar OPTION...: into the file `calendar`, and as it is read into `events`.
calendar() {
	run esc-sla-check --format ics --now "$SLA_NOW" "$@"
	cp "$WORK/out" calendar
	if ! "$python" "$TESTS/calendar_read.py" SUMMARY DESCRIPTION <calendar >events; then
		fail "a calendar: $*" "$(cat calendar)"
	fi
	if [ -n "$(cut -f 1 events | sort | uniq -d)" ]; then
		fail "a UID stands twice: $*" "$(cut -f 1 events | sort | uniq -d)"
	fi
}

# recount SELECT OPTION... FILE: the events are the clocks that jq selects.
recount() {
	select=$1
	shift
	esc-sla-check --now "$SLA_NOW" "$@" | jq -r --arg now "${SLA_NOW%Z}UTC" '.id as $id|'"$select"'
		|select(.limit_at and (.verdict|IN("met","missed","ended")|not))
		|["\($id).\(.clock).\(.tier//0).\(.cycle)@esc", $now, (.limit_at|rtrimstr("Z"))+"UTC", .verdict,
		(if .verdict|startswith("paused") then "TENTATIVE" else "CONFIRMED" end), "TRANSPARENT"]|@tsv' | LC_ALL=C sort >wanted
	cut -f 1-6 events >got
	ok "some events: $*" test -s wanted
	same got wanted "an event a clock that lives: $*"
}

calendar cases
is "$status:$err" 0: 'never a gate unless asked'
recount '.sla.clocks[]' cases
like "$(cat events)" "	breached: ESC-[0-9A-Z]+ tier 1 cycle 1	breached: over since 2026-11-17T17:30:00Z, by .*/policy s-club/started 2026-11-16T10:00:00Z/target 2026-11-17T13:30:00Z/limit 2026-11-17T17:30:00Z\$" \
	'what an event says'
like "$(cat events)" 'TENTATIVE.*/held since 2026-11-1' 'one that is held says since when'
unlike "$(cat calendar)" 'VALARM|Case 1|kim@' 'no alarm, nothing that a customer wrote'
calendar --verdict risk,ok cases
recount '.sla.clocks[]' --verdict risk,ok cases
calendar --horizon 1bd cases
recount '.sla.horizon.breaches[]' --horizon 1bd cases
calendar --fail-on breached cases
is "$status" 1 'a gate where it is asked'

# The same clock stays the same event.
cut -f 1 events >uids
calendar --now 2026-11-18T15:30:00Z cases
cut -f 1 events >got
same got uids 'later the events have the same UIDs'
unlike "$(cut -f 2 events)" '15:00:00' '... and a newer DTSTAMP'

# --- empty ---------------------------------------------------------------
calendar /dev/null
is "$status:$(cat events)" 0: 'an empty calendar is one'
like "$(tr -d '\r' <calendar)" '^TZID:Etc/UTC$' '... and has a component'
calendar --verdict met cases
is "$(cat events)" '' 'clocks that stopped are no events'

# --- hostile -------------------------------------------------------------
sla_hostile hostile
calendar hostile
unlike "$(cat calendar)" 'TODO|rtl' 'a subject is not in it'
calendar --show subject hostile
is "$(grep -c . events)" "$(esc-sla-check --now "$SLA_NOW" hostile | jq '[.sla.clocks[]|select(.limit_at)]|length')" \
	'with --show subject: as many events'
subject=$(cut -f 7 events | head -n 1)
like "$subject" '^breached: # TODO \\ # SKIP ok 3 - x %0A::error::\|a\|' 'a hostile subject is a text'
like "$subject" '\\u\{1B\}\[2J\\u\{01\}\\u\{85\}\\u\{202E\}rtl' '... controls are shown'
long=$(awk 'BEGIN { for (i = 0; i < 2500; i++) printf "\303\251\360\237\230\200,;" }')
submit 2026-11-16T10:00:00Z --policy s-club --trigger unresolved --description D --subject "$long"
at 2026-11-16T10:00:00Z esc-triage --auto
calendar --show subject case
like "$(cut -f 7 events | head -n 1)" "^breached: $(printf '\303\251\360\237\230\200'),;.*\\.\\.\\.: ESC-" '10,000 characters: the beginning, folded between characters'
for subject in 'END:VEVENT' "$(printf 'a\nEND:VCALENDAR\r\nBEGIN:VEVENT')" 'a\nb' 'a;b,c:d"e\' '=1+1' ' x '; do
	submit 2026-11-16T10:00:00Z --policy s-club --trigger unresolved --description D --subject "$subject"
	at 2026-11-16T10:00:00Z esc-triage --auto
	calendar --show subject case
	is "$(cut -f 7 events | head -n 1 | sed 's/^breached: //; s/: ESC-[0-9A-Z]* tier 1 cycle 1$//')" \
		"$(printf '%s' "$subject" | awk 'NR > 1 { printf "\\n" } { gsub(/\r/, "\\r"); printf "%s", $0 }')" "subject: $(printf %s "$subject" | tr -c "[:print:]" .)"
done
jq -c '.id="E;S,C\nEND:VEVENT\r\n\u202e:x\\"' case >named
calendar named
is "$(cut -f 1 events | head -n 1)" 'E;S,C\nEND:VEVENT\r\n\u{202E}:x\.tier.1.1@esc' 'a hostile id'

# --- refused records, files, other programs ------------------------------
printf 'no JSON\n' | cat cases - >refused
calendar refused
is "$status:$(grep -c . events)" "65:$(grep -c . uids)" 'a refused record: the others'
esc-sla-check --now "$SLA_NOW" --format ics:limits.ics cases
"$python" "$TESTS/calendar_read.py" <limits.ics | cut -f 1 >got
same got uids 'into a file'
run esc-sla-check --now "$SLA_NOW" --format ics:limits.ics cases nowhere
"$python" "$TESTS/calendar_read.py" <limits.ics | cut -f 1 >got
same got uids '... which stays where some input is missing'
if [ -w /dev/full ]; then
	esc-sla-check --now "$SLA_NOW" --format ics cases >/dev/full 2>err
	is "$?" 74 '/dev/full'
fi
if command -v khal >/dev/null; then
	mkdir -p calendars
	printf '[calendars]\n[[esc]]\npath = %s/calendars\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n[sqlite]\npath = %s/khal.db\n' \
		"$PWD" "$PWD" >khal.conf
	run env LC_ALL=C.UTF-8 khal -c khal.conf import --batch -a esc limits.ics
	run env LC_ALL=C.UTF-8 khal -c khal.conf list -df '' -f '{start-time} {title}' 2026-11-17 1d
	is "$(printf '%s\n' "$out" | grep -c '^17:30 .*: ESC-[0-9A-Z]* tier 1 cycle 1$')" \
		"$("$python" "$TESTS/calendar_read.py" <limits.ics | grep -c 'tier.1.1@.*2026-11-17T17:30:00UTC')" 'khal shows the limits of a day'
	run env LC_ALL=C.UTF-8 khal -c khal.conf import --batch -a esc limits.ics
	is "$(find calendars -name '*.ics' | wc -l | tr -d ' ')" "$(grep -c . uids)" '... and taking the file again adds nothing'
else
	pass 'khal # SKIP not installed'
fi

done_testing
