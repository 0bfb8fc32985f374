#!/bin/sh
# A real log through the store: twice, as of then, until then, and growing.
# ESC_SERVICENOW_LOG=FILE runs it on the whole log, too.
log=${ESC_SERVICENOW_LOG-}
. "${0%/*}/../lib.sh"

command -v python3 >/dev/null || skip_all 'no python3'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

# through NAME FILE [EVERY]
through() {
	name=$1
	shift
	run python3 "$TESTS/store_log.py" "$1" "$DATA/servicenow" ${2+"$2"}
	is "$status" 0 "$name: $(printf '%s\n' "$out" | grep -c '^ok') checks"
	[ "$status" -eq 0 ] || printf '%s\n' "$out" "$err" | grep -v '^ok' | sed 's/^/# /'
}
through 'the slice of the log' "$DATA/servicenow/incident_event_log.csv"
[ -z "$log" ] || through 'the whole log' "$log" 25
done_testing
