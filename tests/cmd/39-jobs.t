#!/bin/sh
# scripts/jobs: each piece is read by what it is for, or strictly, and its
# commands are run on a store.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
for tool in jq python3 bash; do
	command -v $tool >/dev/null || skip_all "needs $tool"
done
python3 -c 'import yaml' 2>/dev/null || skip_all 'needs python3-yaml'

jobs=$ROOT/scripts/jobs
quiet=2026-11-16T12:00:00Z
late=2026-11-18T10:00:00Z
new_store
fill 3

# piece NAME: with what is to be edited edited: the programs, the store.
piece() {
	sed -e "s,/usr/local/bin/esc-report-month,$jobs/esc-report-month,g" \
		-e "s,/usr/local/bin,$BIN,g" -e "s,/srv/esc/reviews,$PWD/reviews,g" -e "s,/srv/esc/store,$ESC_STORE,g" \
		-e "s,/var/lib/prometheus/node-exporter,$PWD,g" "$jobs/$1"
}

# --- crontab ------------------------------------------------------------
if crontab -h 2>&1 | grep -q -e '-n'; then
	run crontab -n "$jobs/crontab"
	like "$status $out$err" '^0 ' 'cron takes the crontab'
else
	skip 'no crontab -n here'
fi
piece crontab >tab
run "$TESTS/jobs.py" crontab tab
is "$status $err" '0 ' 'the crontab is one'
grep -E '^[A-Z_]+=' "$WORK/out" >settings
grep -vE '^[A-Z_]+=' "$WORK/out" >lines
is "$(wc -l <lines | tr -d ' ')" 4 'four jobs'
is "$(sed -n 's/^SHELL=//p' settings)" /bin/bash 'for a shell that has pipefail'
# alone NOW CMD...: run, with the settings as its environment.
alone() {
	now=$1
	shift
	while IFS= read -r setting; do
		set -- "$setting" "$@"
	done <settings
	run env -i HOME="$HOME" ESC_NOW="$now" "$@"
}
# cron_runs N NOW: the job, as cron does it.
cron_runs() {
	alone "$2" /bin/bash -c "$(sed -n "$1p" lines)"
}
cron_runs 1 $quiet
answers 0 '' '' 'the check prints nothing where all is fine'
cron_runs 1 $late
is "$status" 1 '... and is 1 where limits are over'
like "$out" '^3 cases: 3 breached$' '... with a table to be mailed'
cron_runs 3 $late
answers 0 '' '' 'metrics'
like "$(cat esc.prom)" '^esc_cases\{policy="s-club",verdict="breached"\} 3$' '... are in the file'
cron_runs 2 $quiet
is "$status $(seq_of)" '0 3' 'promotion with nothing due is 0'
cp -R store saved
fresh() {
	chmod -R u+w store
	rm -rf store
	cp -R saved store
}
cron_runs 2 $late
is "$status $(seq_of)" '0 6' 'promotion'
is "$(esc-cat --all | jq -r '[.tier, .events[-1].by] | @tsv' | uniq)" '2	nightly' '... by nightly'
cron_runs 2 $late
is "$status $(seq_of)" '0 6' '... once'
fresh
sed -n '/^esc-cat --due/,/^\.Ed/p' "$ROOT/man/esc-jobs.7" | sed '/^\.Ed/d' >missed
run env ESC_NOW=2026-12-07T12:00:00Z bash -eo pipefail missed
is "$status" 0 'weeks later: what was missed'
is "$(esc-cat --all | jq -c '[.events[]|select(.type=="promoted")|.at]|[length,.[0]]' | sort -u)" \
	'[3,"2026-11-17T17:30:01Z"]' '... is replayed'
fresh
sed -i '2s/Nobody came/nobody came/' store/log/000000000001.jsonl
cron_runs 1 $late
is "$status" 74 'a damaged store: the check'
cron_runs 2 $late
ok '... promotion fails' [ "$status" -gt 1 ]
is "$(wc -l <store/log/000000000001.jsonl | tr -d ' ')" 3 '... and writes nothing'
cp esc.prom before
cron_runs 3 2026-11-18T11:00:00Z
is "$status$err" 74 '... metrics, and nothing to be mailed every minute'
same esc.prom before '... stay as they were'
fresh

# --- systemd ------------------------------------------------------------
mkdir units
for file in "$jobs"/*.service "$jobs"/*.timer; do
	piece "${file##*/}" >"units/${file##*/}"
done
if command -v systemd-analyze >/dev/null; then
	run systemd-analyze verify --man=no units/*.service units/*.timer
	answers 0 '' '' 'systemd takes the units'
	for file in units/*.service; do
		run systemd-analyze security --offline=yes --threshold=15 --no-pager "$file"
		is "$status" 0 "$file gives little away"
	done
	for file in units/*.timer; do
		run systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' "$file")"
		is "$status" 0 "$file: its calendar"
	done
else
	skip 'no systemd-analyze here: units are not verified'
fi
for file in units/*.timer; do
	ok "$file has its service" [ -e "${file%.timer}.service" ]
done
# unit_runs NAME NOW: its command, with its environment.
unit_runs() {
	sed -n 's/^Environment=//p' "units/$1.service" | tr ' ' '\n' |
		sed "s,^PATH=,PATH=$BIN:," >settings
	alone "$2" sh -c "$(sed -n 's/^ExecStart=//p' "units/$1.service")"
}
unit_runs esc-check $quiet
answers 0 '0 cases' '' 'esc-check.service where all is fine'
unit_runs esc-check $late
like "$status $out" '^1 CASE' '... and fails where limits are over'
unit_runs esc-promote $quiet
is "$status $(seq_of)" '0 3' 'esc-promote.service with nothing to do'
unit_runs esc-promote $late
is "$status $(seq_of)" '0 6' '... with something to do'
fresh

# esc-check-next, between a clock, a systemctl and a systemd-run of ours.
mkdir fake
fake() {
	{ echo '#!/bin/sh' && cat; } >"fake/$1"
}
fake date <<END
exec $(command -v date) -d "\$FAKE_NOW" "\$@"
END
fake systemctl <<'END'
case $3 in
reset-failed) echo "$4" >forgotten ;;
*) grep -qF -e "--unit=${4%.timer}" timers 2>/dev/null ;;
esac
END
fake systemd-run <<'END'
echo "$*" >>timers
END
chmod +x fake/*
next() {
	run env PATH="$PWD/fake:$PATH" FAKE_NOW="$1" "$jobs/esc-check-next"
}
next $quiet
answers 0 '' '' 'esc-check-next where all is fine'
when='2026-11-17 13:31:16 UTC'
is "$(cat timers)" "--user --quiet --same-dir --unit=esc-check-20261117133116 --on-calendar=$when --timer-property=AccuracySec=1s --setenv=PATH=$PWD/fake:$PATH --setenv=ESC_STORE=$ESC_STORE $jobs/esc-check-next" \
	'... comes back when a verdict changes'
next 2026-11-16T12:10:00Z
is "$status $(wc -l <timers | tr -d ' ')" '0 1' '... once'
next 2027-06-01T12:00:00Z
is "$status" 1 '... answers as the check'
like "$out" '^3 cases: 3 breached' '... with its table'
is "$(wc -l <timers | tr -d ' ')" 1 '... and rests when nothing changes any more'
is "$(cat forgotten)" 'esc-check-2*' '... of units that failed, one is left'
# It could not look.
mv store away
next 2027-06-01T12:03:00Z
is "$status" 66 '... no store'
like "$(cat timers)" '--unit=esc-check-20270601120500 --on-calendar=2027-06-01 12:05:00 UTC ' \
	'... comes back all the same'
next 2027-06-01T12:04:59Z
is "$status $(wc -l <timers | tr -d ' ')" '66 2' '... once'
next 2027-06-01T12:05:00Z
is "$status $(sed -n '$s/.* --unit=\([^ ]*\) .*/\1/p' timers)" '66 esc-check-20270601121000' '... and again'
mv away store
rm timers
sed -i '2s/Nobody came/nobody came/' store/log/000000000001.jsonl
next $quiet
is "$status $(wc -l <timers | tr -d ' ')" '74 1' '... a damaged store'
fresh
run env PATH="$PWD/fake:$PATH" FAKE_NOW=$quiet ESC_STORE= "$jobs/esc-check-next"
is "$status $(wc -l <timers | tr -d ' ')" '64 1' '... none given: that mends by no waiting'
if command -v systemd-analyze >/dev/null; then
	run systemd-analyze calendar "$when"
	is "$status" 0 'systemd reads that instant'
else
	skip 'no systemd-analyze here: the instant is not read by it'
fi

# --- the monthly review -------------------------------------------------
# Of a month by its name, of last month by a clock of ours, by cron, by the unit.
reviewed() {
	run env ESC_NOW=2026-12-02T09:00:00Z ESC_REVIEWS="$PWD/reviews" "$@"
	is "$status $out$err" '0 ' "$(basename "$1") ${2:-}"
	is "$(jq -c '[.period.from, .cases.submitted, .previous.period.from]' reviews/2026-11.json)" \
		'["2026-11-01T00:00:00Z",3,"2026-09-30T23:00:00Z"]' '... the document of the month'
	like "$(cat reviews/2026-11.html)" '<title>[^<]*November 2026' '... and its page'
	rm -r reviews
	mkdir reviews
}
mkdir reviews
PATH=$PWD/fake:$PATH
export PATH
reviewed "$jobs/esc-report-month" 2026-11
FAKE_NOW=2026-12-31T09:00:00Z reviewed "$jobs/esc-report-month"
FAKE_NOW=2026-12-01T00:00:00Z reviewed "$jobs/esc-report-month"
review_job=$(sed -n 4p lines)
FAKE_NOW=2026-12-01T06:00:00Z PATH=$PWD/fake:$jobs:$PATH reviewed /bin/bash -c "$review_job"
FAKE_NOW=2026-12-03T06:00:00Z reviewed sh -c "$(sed -n 's/^ExecStart=//p' units/esc-report.service)"
ok 'the unit may write what it writes' grep -q "^ReadWritePaths=.*$PWD/reviews" units/esc-report.service
run env ESC_REVIEWS="$PWD/nowhere" "$jobs/esc-report-month" 2026-11
ok 'no such folder' [ "$status" -gt 1 ]
run env ESC_REVIEWS= "$jobs/esc-report-month" 2026-11
ok 'no folder said' [ "$status" -gt 0 ]
run env ESC_REVIEWS="$PWD/reviews" "$jobs/esc-report-month" 2026-11 2026-12
is "$status $out $(ls reviews)" '64  ' 'two months'
sed -i '2s/Nobody came/nobody came/' store/log/000000000001.jsonl
run env ESC_REVIEWS="$PWD/reviews" "$jobs/esc-report-month" 2026-11
is "$status $(ls reviews)" '74 ' 'a damaged store: no files'
fresh

# --- CI servers ---------------------------------------------------------
# ci_runs PIECE NOW: the step that checks, as the server runs it, in a clone.
ci_runs() {
	"$TESTS/jobs.py" steps "$jobs/$1" | tr '\0\n' '\n\r' | grep 'esc check' | tr '\r' '\n' >step
	ok "$1 has the step" test -s step
	rm -f esc-check.xml summary
	run env ESC_NOW="$2" GITHUB_STEP_SUMMARY="$PWD/summary" bash -eo pipefail step
}
# In a repository folders that are empty are lost, and so are modes.
cp -R store cloned
rm -rf cloned/index.sqlite* cloned/lock
find cloned -type d -empty -delete
chmod -R u+w cloned
for name in github-actions.yml gitlab-ci.yml; do
	"$TESTS/jobs.py" steps "$jobs/$name" | tr '\0' '\n' >shell
	run bash -n shell
	is "$status$err" 0 "$name: its shell can be read"
	ok "$name: installs by a script that is there" grep -q 'esc/scripts/install-deps' shell
	ESC_STORE=$PWD/cloned ci_runs $name $quiet
	is "$status $err" '0 ' "$name: all is fine"
	ok '... and a file says so' test -s esc-check.xml
	ESC_STORE=$PWD/cloned ci_runs $name $late
	is "$status" 1 "$name: limits are over"
	is "$(grep -c '<failure' esc-check.xml)" 3 '... in the file'
	ESC_STORE=gone ci_runs $name $late
	is "$status" 66 "$name: no store"
	ok '... no file' [ ! -e esc-check.xml ]
done
ESC_STORE=$PWD/cloned ci_runs github-actions.yml $late
is "$(printf '%s\n' "$out" | grep -c '^::error')" 3 'the log of GitHub Actions is marked'
ok '... and there is a summary' test -s summary

# --- monitoring ---------------------------------------------------------
piece nagios.cfg >monitored
run "$TESTS/jobs.py" nagios monitored
is "$status $err" '0 ' 'nagios.cfg: a command and a service'
cp "$WORK/out" plugin
is "$(sed 's/^command\[check_esc\]=//' "$jobs/nrpe.cfg" | grep -v '^#' | sed "s,/usr/local/bin,$BIN,; s,/srv/esc/store,$ESC_STORE,")" \
	"$(cat plugin)" 'nrpe.cfg: the same'
plugin_at() {
	run env ESC_NOW="$1" sh plugin
}
plugin_at $quiet
like "$status $out" '^0 ESC OK - .*\|' 'the plugin: fine'
plugin_at 2026-11-17T15:00:00Z
like "$status $out" '^1 ESC WARNING' '... at risk'
plugin_at $late
like "$status $out" '^2 ESC CRITICAL' '... over'
mv store away
plugin_at $late
like "$status $out" '^3 ESC UNKNOWN' '... no store'
is "$(printf '%s\n' "$out" | wc -l | tr -d ' ')" 1 '... in one line'
mv away store

run "$TESTS/jobs.py" rules "$jobs/prometheus-rules.yml"
is "$status $err" '0 ' 'alerts'
esc check --format prometheus --now $late >metrics
printf '%s\n' "$out" | grep -oE 'esc_[a-z_]+' | sort -u >asked
ok '... ask for some metrics' test "$(wc -l <asked)" -ge 3
while read -r metric; do
	like "$(cat metrics)" "^# TYPE $metric " "... $metric is there"
done <asked
like "$(cat metrics)" '^esc_clocks\{policy="s-club",.*verdict="breached"\} 3$' '... with these labels'

# --- the page -----------------------------------------------------------
for file in "$jobs"/*; do
	ok "esc-jobs(7) tells of ${file##*/}" grep -qF -e "${file##*/}" "$ROOT/man/esc-jobs.7"
done
done_testing
