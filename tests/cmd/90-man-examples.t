#!/bin/sh
# Every example in the manual prints what the page says.
cd "${0%/*}/../.." || exit 99
if ! command -v mandoc >/dev/null || ! command -v python3 >/dev/null; then
	echo '1..0 # SKIP needs mandoc and python3'
	exit 0
fi
exec scripts/man-examples man/*.[157]
