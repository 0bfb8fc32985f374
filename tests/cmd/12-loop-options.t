#!/bin/sh
# Options, settings and the clock, as every program has them.
. "${0%/*}/../lib.sh"

case_line() {
	printf '{"v":1,"id":"ESC-01KAKZAX500000000000000001","policy":"s-club","policy_version":"0123456789ab","created":"2026-11-20T09:00:00Z","events":[{"at":"2026-11-20T09:00:00Z","by":"ann","type":"submitted"}],"state":"submitted"%s}\n' "$1"
}
case_line '' >plain.jsonl
hint="esc-pick: try 'esc-pick --help'"

# --- options ------------------------------------------------------------
run esc-pick --help
is "$status" 0 '--help is no error'
like "$(head -1 "$WORK/out")" '^    esc-pick --open' '... and begins with examples'
like "$out" '^      --reject FILE +where refused' '... lists the options'
unlike "$out" list-options '... but not what is for completion'
for program in "$ROOT"/cmd/*.c; do
	program=$(basename "$program" .c)
	"$program" --help | awk -v program="$program" 'length > 80 { print program ": " $0 }'
done >wide
is "$(cat wide)" '' '... in 80 columns, of every program'
run esc-sla-check --help
like "$out" '^ {30}[a-z]' '... what is longer goes on below'
run esc-submit --help
unlike "$out" '--at ' 'what a program refuses is not listed: esc-submit --at'
run esc-submit --policy s-club --at 2026-11-20T09:00:00Z --subject s
like "$status $err" '^64 esc-submit: --at: say --created$' '... but known'
run esc-import --help
unlike "$out" '--at |--need-end' '... esc-import --at and --need-end'
run esc-import --map servicenow --policy s-club --need-end
like "$status $err" '^64 esc-import: --need-end: not for CSV$' '... but known too'
run esc-pick --version
like "$out" '^esc-pick [0-9]+\.[0-9]+\.[0-9]+$' '--version'
like "$out" '^zone data 20[0-9][0-9][a-z]' '... with the version of the zone data'
run esc-pick --list-options
like "$out" '^--reject	FILE$' '--list-options names the argument'
like "$out" '^-w	FIELD=VALUE' '... and letters'
like "$out" '^--state	STATE\[,STATE\]	submitted acknowledged ' '... and the names that may stand there'

run esc-pick --no-such plain.jsonl
answers 64 '' "esc-pick: unrecognized option '--no-such'
$hint" 'an unknown option: 64 and a hint'
run esc-pick --max-l 1M --rej refused plain.jsonl
is "$status" 0 'options may be cut short'
run esc-pick --s plain.jsonl
like "$err" "option '--s' is ambiguous" '... but not too short'
run esc-pick --reject
like "$err" "option '--reject' requires an argument" 'an argument is missing'
run esc-pick --tier 1 --tier 2 --max-line 1 --max-line 1M plain.jsonl
answers 0 '' '' 'the last of two wins'
run esc-pick plain.jsonl --state submitted
is "$out" "$(cat plain.jsonl)" 'options may follow files'
run esc-pick -- --state
is "$err" 'esc-pick: --state: cannot open: No such file or directory' '-- ends them'
run esc-pick --state "$(printf '\377')" plain.jsonl
answers 64 '' "esc-pick: --state: the text is not UTF-8: \\x{FF}
$hint" 'a text must be UTF-8'
run esc-pick --by '' --mine plain.jsonl
is "$status" 64 'nobody is nobody'
run esc-pick "$(printf 'file\033[31m')"
is "$err" 'esc-pick: file\u{1B}[31m: cannot open: No such file or directory' \
	'what is said never acts on the terminal'

# --- the clock ----------------------------------------------------------
run esc-pick --now 2026-11-21T12:00:00 plain.jsonl
is "$err" 'esc-pick: --now: no zone: end it with Z or an offset; got "2026-11-21T12:00:00"' 'a time without zone'
is "$status" 64 '... is 64'
for time in now +3h 2026-02-30T00:00:00Z 2026-11-20T23:59:60Z 10000-01-01T00:00:00Z ''; do
	run esc-pick --now "$time" plain.jsonl
	is "$status" 64 "--now '$time' is refused"
done
ESC_NOW=yesterday run esc-pick plain.jsonl
like "$err" '^esc-pick: ESC_NOW: expected' 'ESC_NOW that is no time'
unset ESC_NOW
printf 'x\n' >bad
ESC_NOW=2026-01-02T03:04:05.99+01:00 run esc-pick --reject refused bad
unset ESC_NOW
like "$(cat refused)" '"at":"2026-01-02T02:04:05Z"' 'ESC_NOW is the clock, its fraction cut'
ESC_NOW=2026-01-01T00:00:00Z run esc-pick --now 2026-05-05T05:05:05Z --reject refused bad
unset ESC_NOW
like "$(cat refused)" '"at":"2026-05-05T05:05:05Z"' '--now wins over it'

# --- settings: option, environment, nearest .esc, XDG, ~/.config --------
case_line ',"assignee":"o"' >o.jsonl
for name in env near far xdg home; do case_line ",\"assignee\":\"$name\""; done >mine.jsonl
who() {
	run "$@" mine.jsonl
	printf '%s\n' "$out" | sed 's/.*"assignee":"\(.*\)"}/\1/'
}
mkdir -p .esc a/b/.esc a/b/c xdg/esc "$HOME/.config/esc"
echo 'by = home' >"$HOME/.config/esc/config"
cp mine.jsonl a/b/c
is "$(who esc-pick --mine)" home 'config in the home folder'
printf '# who I am\n\n  by=xdg  \n' >xdg/esc/config
XDG_CONFIG_HOME=$PWD/xdg
export XDG_CONFIG_HOME
is "$(who esc-pick --mine)" xdg 'XDG_CONFIG_HOME wins over it'
echo 'by = far' >.esc/config
is "$(who esc-pick --mine)" far '.esc/config wins over that'
echo 'by = near' >a/b/.esc/config
cd a/b/c || exit 99
is "$(who esc-pick --mine)" near 'the nearest one upwards'
ESC_USER='env'
export ESC_USER
is "$(who esc-pick --mine)" env 'the environment wins over files'
is "$(who esc-pick --mine --by far)" far 'the option over all'
unset ESC_USER
cd ../../.. || exit 99
rm a/b/.esc/config
echo 'store = s' >a/b/.esc/config
cd a/b/c || exit 99
is "$(who esc-pick --mine)" xdg 'what the nearest leaves open, the next in line says'
cd ../../.. || exit 99
printf 'by = far\ncolour = red\n' >.esc/config
run esc-pick --mine mine.jsonl
like "$err" '^esc-pick: warning: .*/\.esc/config:2: no such setting: colour$' 'an unknown key: a warning'
is "$status" 0 '... and no more'
for line in 'by' 'by =' '= x'; do
	printf '%s\n' "$line" >.esc/config
	run esc-pick --mine mine.jsonl
	if [ "$line" = '= x' ]; then
		like "$err" 'no such setting: $' "'$line' in a file"
	else
		is "$status" 78 "'$line' in a file: 78"
	fi
done
rm .esc/config
mkdir .esc/config
run esc-pick --mine mine.jsonl
is "$status" 74 'a settings file that cannot be read: 74'
rm -r .esc
unset XDG_CONFIG_HOME
rm -r "$HOME/.config"
run esc-pick --mine --reject refused bad
like "$(cat refused)" "\"by\":\"($(id -un)|$(logname 2>/dev/null || id -un))\"" 'else the login name'

# --- a terminal ---------------------------------------------------------
script -qec true /dev/null >/dev/null 2>&1 </dev/null || {
	printf '# no script(1): the terminal is not tried\n'
	done_testing
}
script -qec 'esc-pick >out 2>err; echo $? >code' /dev/null >/dev/null </dev/null
is "$(cat code) $(cat out)" '64 ' 'a terminal as stdin: 64'
like "$(cat err)" '^usage: esc-pick ' '... and help on stderr'
slow() {
	i=0
	while [ $i -lt 300 ]; do cat plain.jsonl; i=$((i + 1)); done
	sleep 1.2
	i=0
	while [ $i -lt 600 ]; do cat plain.jsonl; i=$((i + 1)); done
	echo bad
}
slow >slow.jsonl # its commands are known now, and its records counted
mkfifo fifo
slow >fifo &
script -qec 'esc-pick fifo >out' term </dev/null >/dev/null
wait
like "$(tr '\r' '\n' <term)" '^[0-9]+ records, [0-9]+/s' 'a progress line where work lasts'
like "$(tr '\r' '\n' <term | cat -v)" '^\^\[\[Kesc-pick: fifo:901: ' '... which is erased before a message'
is "$(wc -l <out)" 900 '... and stdout is records alone'
slow >fifo &
script -qec 'esc-pick fifo' term </dev/null >/dev/null
wait
unlike "$(cat term)" 'records, ' 'none where stdout is the terminal'
slow >fifo &
esc-pick fifo >out 2>err
wait
unlike "$(cat err)" 'records, ' 'none where stderr is a file'

done_testing
