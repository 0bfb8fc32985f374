#!/bin/sh
# Partials of parts, merged in any order and grouping, are the whole.
# ESC_LONG makes more of them; ESC_RECORDS is a file of records to be split
# instead, with ESC_POLICY_PATH and ESC_REPORT, the options of the report.
policies=${ESC_POLICY_PATH:-.}
. "${0%/*}/../lib.sh"

command -v python3 >/dev/null || skip_all 'needs python3'
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

check() {
	run python3 "$TESTS/report_splits.py" --bin "$BIN" "$@"
	is "$status $err" '0 ' "the bytes of the whole: $*"
	[ "$status" = 0 ] || printf '%s\n' "$out" | cut -c1-500 | sed 's/^/#   /'
}

if [ "${ESC_RECORDS-}" ]; then
	long=${ESC_LONG:+200}
	# shellcheck disable=SC2086
	check --records "$ESC_RECORDS" --policies "$policies" \
		--splits "${long:-5}" ${ESC_REPORT-}
else
	long=${ESC_LONG:+400}
	check --reports "${long:-6}" --splits 2 --seed "${SPLITS_SEED:-1}"
fi

# The check can fail: a merge that loses a figure is found out.
mkdir fake
cat >fake/esc-report <<END
#!/bin/sh
case \$1 in
--merge) '$BIN/esc-report' "\$@" | sed 's/"figures":"returns","n":[0-9]*/"figures":"returns","n":77/; s/"returns":[0-9]*/"returns":77/' ;;
*) exec '$BIN/esc-report' "\$@" ;;
esac
END
chmod +x fake/esc-report
run python3 "$TESTS/report_splits.py" --bin fake --reports 1 --splits 1 --cases 60
is "$status" 1 'and one that changes a figure is found'
done_testing
