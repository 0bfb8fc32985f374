#!/bin/sh
# esc-cat --format csv: what parsers and spreadsheets make of it.
. "${0%/*}/../lib.sh"
. "$TESTS/store.sh"
command -v jq >/dev/null || skip_all 'needs jq'
command -v python3 >/dev/null || skip_all 'needs python3'

now=2026-11-20T12:00:00Z
new_store
fill 2
A=$(nth 1)

run esc-cat --all --format csv
is "$(printf '%s\n' "$out" | sed -n 1p | tr -d '\r')" \
	id,case_number,subject,state,tier,priority,queue,assignee,created,due,risk 'the usual columns'
is "$(printf '%s\n' "$out" | wc -l | tr -d ' ')" 3 'a header and a row a case'
is "$(printf '%s\n' "$out" | grep -c "$(printf '\r')\$")" 3 'lines end with CRLF'
run esc-cat --all --format csv --columns id,requester.email,x_one,x_neg,x_none,x_list,requester
is "$(printf '%s\n' "$out" | sed -n 2p | tr -d '\r')" \
	"$A,kim@example.org,1.0,-0,,\"[0.10,{\"\"n\"\":2.50}]\",\"{\"\"name\"\":\"\"Kim\"\",\"\"email\"\":\"\"kim@example.org\"\"}\"" \
	'dotted names, numbers as they are, JSON in a cell'
run esc-cat --format csv --state closed
is "$status:$(printf '%s\n' "$out" | wc -l | tr -d ' ')" 0:1 'nothing: the header alone'
run esc-cat --format csv --columns id,,state --all
is "$status" 64 'an empty name'

# Hostile texts, through the store, read by Python's parser.
cat >hostile.py <<'END'
import csv, json, subprocess, sys
texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "plain", "a,b", 'say "hi"', '"',
    "two\nlines", "two\r\nlines", " blanks ", ",", "=cmd|' /C calc'!A0", "\x1b[31mred", "a\u202eb",
    "lone\rreturn", "caf\u00e9 \U0001F600", "=\n=", "-2+3", "\u2028", "\x7f", "a\tb"]
if sys.argv[1] == "make":
    for i, text in enumerate(texts):
        print(json.dumps({"created": "2026-11-16T10:00:%02dZ" % i, "case_number": "H-%02d" % i,
            "subject": text, "description": "d", "trigger": "unresolved", "x_n": -1 - i},
            ensure_ascii=False))
    sys.exit()
def rows(*options):
    out = subprocess.run(["esc-cat", "--all", "--where", "case_number>=H", "--format", "csv",
        "--columns", "case_number,subject,x_n", *options], stdout=subprocess.PIPE, check=True).stdout
    return list(csv.reader(out.decode().splitlines(keepends=True), strict=True)), out
shown = {"\x1b": "\\u{1B}", "\u202e": "\\u{202E}", "\u2028": "\\u{2028}",
    "\x7f": "\\u{7F}"}
def expected(text):
    guard = "'" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else ""
    text = text.replace("\r\n", "\x00").replace("\r", "\\r").replace("\x00", "\r\n")
    return guard + "".join(shown.get(c, c) for c in text)
got, out = rows()
bad = 0
for i, text in enumerate(texts):
    want = ["H-%02d" % i, expected(text), str(-1 - i)]
    if got[i + 1] != want:
        bad += 1
        print("cell %d: got %r, expected %r" % (i, got[i + 1], want))
for byte in b"\x1b\x7f":
    if byte in out:
        bad += 1
        print("byte %d is in the output" % byte)
raw = subprocess.run(["esc-cat", "--where", "case_number>=H", "--format", "csv", "--raw",
    "--columns", "subject"], stdout=subprocess.PIPE, check=True).stdout.decode()
for i, text in enumerate(texts):
    if '"%s"' % text.replace('"', '""') not in raw and "\r\n%s\r\n" % text not in raw:
        bad += 1
        print("raw cell %d is not %r" % (i, text))
sys.exit(bad != 0)
END
python3 hostile.py make | esc-submit --policy s-club --by portal --now $now >hostile
esc-commit --now $now hostile
run python3 hostile.py check
answers 0 '' '' '25 hostile texts: no cell acts, every row is whole, --raw has them as they are'

# Nor does one of JSON.
csi=$(printf '\302\233')
bidi=$(printf '\342\200\256')
printf '%s\n' "{\"created\":\"$submitted\",\"case_number\":\"J\",\"subject\":\"s\",\"description\":\"d\",\"trigger\":\"unresolved\",\"x_o\":{\"a\":\"${bidi}31m\"},\"x_l\":[1,\"${csi}31m\"]}" |
	esc-submit --policy s-club --by portal --now $now | esc-commit --now $now
run esc-cat --format csv --columns x_o,x_l --where case_number=J
is "$(printf '%s\n' "$out" | tr -d '\r' | tail -n 1)" '"{""a"":""\u{202E}31m""}","[1,""\u{9B}31m""]"' 'objects and lists'
run esc-cat --format csv --raw --columns x_o,x_l --where case_number=J
is "$(printf '%s\n' "$out" | tr -d '\r' | tail -n 1)" "\"{\"\"a\"\":\"\"${bidi}31m\"\"}\",\"[1,\"\"${csi}31m\"\"]\"" '--raw: as they are'

# What was exported can be imported: the guard comes off again.
esc-cat --where case_number=H-00,H-02,H-10,H-11 --format csv \
	--columns created,case_number,subject,description,trigger >export.csv
run esc-submit --policy s-club --csv --now $now export.csv
is "$(printf '%s\n' "$out" | jq -r .id)" "$(esc-cat --where case_number=H-00,H-02,H-10,H-11 --ids)" \
	'a CSV export makes the same cases again'

done_testing
