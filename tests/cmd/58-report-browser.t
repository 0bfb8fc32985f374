#!/bin/sh
# esc-report --format html in a browser: its style sheet holds under its own
# policy, it says nothing on the console, light and dark differ, and a phone
# need not scroll sideways.  The page's bytes are looked at in 57.
. "${0%/*}/../lib.sh"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
	skip_all 'needs chromium'

# look PAGE DARK: what the page is like 360 and 1280 wide is in `seen`, what
# was said on the console in `said`.
look() {
	cat >look.html <<-EOT
		<!doctype html><title>x</title>
		<iframe src="$1" width="360" height="800"></iframe>
		<iframe src="$1" width="1280" height="800"></iframe>
		<pre></pre>
		<script>
		onload = () => {
			console.log('a word on the console');
			document.querySelector('pre').textContent = [...document.querySelectorAll('iframe')]
				.map(frame => {
					const page = frame.contentDocument, root = page.documentElement;
					const wide = [...page.querySelectorAll('svg text')].filter(text => {
						const box = text.getBoundingClientRect();
						const in_box = text.ownerSVGElement.getBoundingClientRect();
						return box.left < in_box.left - 1 || box.right > in_box.right + 1;
					});
					return 'SE' + 'EN ' + [root.scrollWidth > root.clientWidth ? 'scrolls' : 'fits',
						'beside ' + wide.map(text => text.textContent).join('|'),
						getComputedStyle(page.body).backgroundColor].join(', ');
				}).join('\\n');
		};
		</script>
	EOT
	timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \
		--allow-file-access-from-files --user-data-dir="$WORK/browser" \
		--enable-logging=stderr --blink-settings=preferredColorScheme="$2" \
		--virtual-time-budget=10000 --dump-dom "file://$PWD/look.html" >dom 2>log
	sed -n 's/.*\(SEEN [^<]*\).*/\1/p' dom >seen
	grep CONSOLE log | sed 's/.*CONSOLE[^]]*] //; s/, source.*//' >said
}

version=$(esc-policy show --format json s-club | b2sum -l 256 | cut -c1-12)
python3 "$TESTS/report_hostile.py" "$version" >hostile
{
	esc-submit --policy s-club --trigger unresolved --subject 'Cleaning missed' \
		--description 'Nobody came' --created 2026-10-05T09:00:00Z |
		esc-triage --auto --now 2026-10-05T09:10:00Z |
		esc-promote --auto --now 2026-10-07T08:00:00Z |
		esc-promote --to 1 -m 'It is theirs' --now 2026-10-07T09:00:00Z
	esc-submit --policy s-club --trigger policy-dispute --subject 'Notice period' \
		--description 'Clause 7' --created 2026-09-28T15:00:00Z |
		esc-triage --auto --now 2026-09-28T15:10:00Z |
		esc-resolve --outcome resolved -m Done --close --now 2026-09-29T09:00:00Z
} >cases
cat hostile >>cases
run esc-report --now 2026-11-02T09:00:00Z --from 2026-09-01 --to 2026-11-01 --compare previous \
	--group-by x_site --rejudge s-club --format html cases
is "$status:$err" 0: 'a page of all that there is'
cp "$WORK/out" page.html

look page.html 1
[ -s seen ] || skip_all 'this browser shows nothing'
line='SEEN fits, beside , rgb(255, 255, 255)'
is "$(cat seen)" "$line$newline$line" 'on a light ground it fits a phone and a desk'
is "$(cat said)" '"a word on the console"' 'no word of it on the console'
look page.html 0
line='SEEN fits, beside , rgb(20, 23, 27)'
is "$(cat seen)" "$line$newline$line" 'and on a dark one'
is "$(cat said)" '"a word on the console"' 'no word there'

sed 's/--line:#dde1e6/--line:#dde1e5/' page.html >changed.html
look changed.html 1
like "$(cat said)" 'Content Security Policy' 'a style sheet of others is refused, and this test hears it'
sed 's/max-width:100%;position:relative/width:2000px/' page.html |
	sed "s/style-src '[^']*'/style-src 'unsafe-inline'/" >changed.html
look changed.html 1
like "$(cat seen)" 'scrolls' 'a page that is too wide is seen'
done_testing
