# lib.sh: TAP for command tests.  A test is a sh script that begins with
#   . "${0%/*}/../lib.sh"
# and ends with done_testing.  It runs in an empty folder ($WORK) with HOME,
# TZ and LC_ALL fixed and no ESC_ variable set; $DATA is tests/data.
#
#   run CMD...          runs it; $status, $out and $err are what came of it
#   feed TEXT CMD...    the same with TEXT (and a newline) as stdin
#   ok NAME CMD...      CMD succeeds
#   is GOT WANT NAME    two texts are equal
#   like GOT ERE NAME   a line of the text matches;  unlike: none does
#   answers STATUS OUT ERR NAME   all three of the last run, as one test
#   same FILE FILE NAME byte for byte
#   skip NAME           what is not tested on this machine, for want of what
#   skip_all REASON     leaves at once; for what this machine lacks
#
# A status of 126 or more is a crash, and fails whatever was expected.
# shellcheck shell=sh disable=SC2034

case $0 in
/*) TESTS=${0%/*}/.. ;;
*) TESTS=$PWD/${0%/*}/.. ;;
esac
TESTS=$(cd "$TESTS" && pwd -P) || exit 99
BIN=${BIN:-$TESTS/../bin}
BIN=$(cd "$BIN" && pwd -P) || exit 99
DATA=$TESTS/data
ROOT=${TESTS%/*}
PATH=$BIN:$PATH
WORK=$(mktemp -d) || exit 99
trap 'cd / && rm -rf "$WORK"' EXIT
trap 'exit 99' HUP INT TERM
mkdir "$WORK/home" "$WORK/t" && cd "$WORK/t" || exit 99
HOME=$WORK/home
TZ=UTC LC_ALL=C
export PATH HOME TZ LC_ALL
unset ESC_NOW ESC_USER ESC_POLICY ESC_POLICY_PATH ESC_STORE ESC_BLOBS \
	XDG_CONFIG_HOME COLUMNS POSIXLY_CORRECT GITHUB_STEP_SUMMARY

tests_run=0
tests_failed=0
newline='
'

pass() {
	tests_run=$((tests_run + 1))
	printf 'ok %d - %s\n' "$tests_run" "$1"
}

# fail NAME [TEXT...]: the beginning of each text is shown as remarks.
fail() {
	tests_run=$((tests_run + 1))
	tests_failed=$((tests_failed + 1))
	printf 'not ok %d - %s\n' "$tests_run" "$1"
	shift
	for text; do
		printf '%s\n' "$text" | sed 's/^/#   /; 20q'
	done
}

done_testing() {
	printf '1..%d\n' "$tests_run"
	[ "$tests_failed" -eq 0 ] || exit 1
	exit 0
}

skip() {
	tests_run=$((tests_run + 1))
	printf 'ok %d # SKIP %s\n' "$tests_run" "$1"
}

skip_all() {
	printf '1..0 # SKIP %s\n' "$1"
	exit 0
}

run() {
	"$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
	out=$(cat "$WORK/out")
	err=$(cat "$WORK/err")
	if [ "$status" -ge 126 ]; then
		fail "crash: status $status of $*" "$err"
	fi
	return 0
}

feed() {
	printf '%s\n' "$1" >"$WORK/in"
	shift
	run "$@" <"$WORK/in"
}

ok() {
	ok_name=$1
	shift
	if "$@"; then pass "$ok_name"; else fail "$ok_name" "failed: $*"; fi
}

is() {
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3" "got:" "$1" "expected:" "$2"
	fi
}

like() {
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then
		pass "$3"
	else
		fail "$3" "got:" "$1" "expected a line like:" "$2"
	fi
}

unlike() {
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then
		fail "$3" "got:" "$1" "expected no line like:" "$2"
	else
		pass "$3"
	fi
}

answers() {
	if [ "$status" = "$1" ] && [ "$out" = "$2" ] && [ "$err" = "$3" ]; then
		pass "$4"
	else
		fail "$4" "status $status, expected $1" "stdout:" "$out" \
			"expected:" "$2" "stderr:" "$err" "expected:" "$3"
	fi
}

same() {
	if cmp -s "$1" "$2"; then
		pass "$3"
	else
		fail "$3" "$(cmp "$1" "$2" 2>&1)" "$(diff "$1" "$2" 2>&1 | head -10)"
	fi
}
