#!/bin/sh
# esc-report --format html in a browser: its style sheet holds under its own
# policy, it says nothing on the console, light and dark differ, and a phone
# need not scroll sideways, and no word of a drawing lies upon another or upon
# a bar of the flow.  The page's bytes are looked at in 57.
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
					const upon = [...page.querySelectorAll('svg text')].filter(text =>
						[...text.ownerSVGElement.querySelectorAll('text, .node')].some(other => {
							const a = text.getBoundingClientRect(), b = other.getBoundingClientRect();
							return other != text && a.left < b.right - 1 && b.left < a.right - 1
								&& a.top < b.bottom - 4 && b.top < a.bottom - 4;
						}));
					return 'SE' + 'EN ' + [root.scrollWidth > root.clientWidth ? 'scrolls' : 'fits',
						'beside ' + wide.map(text => text.textContent).join('|'),
						'upon ' + upon.map(text => text.textContent).join('|'),
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

# ladder DAY: a case that ends, is reopened and goes up all five tiers.
ladder() {
	esc-submit --policy five-tier --subject 'Order 17 is lost' --channel ticket --severity low \
		--complexity basic --created "$1-01T15:00:00Z" --now "$1-01T15:00:00Z" >rung
	# shellcheck disable=SC2162
	while read at act; do
		eval "esc-$act" --now "$1-${at}Z" <rung >next
		mv next rung
	done <<-EOT
		01T15:00:00 triage --auto
		01T15:00:02 resolve --outcome resolved -m Done
		01T15:00:04 resolve --reopen -m Again
		01T15:20:00 promote --to 2 -m Up
		01T16:20:00 promote --to 3 -m Up
		02T18:00:00 promote --to 4 -m Up
		28T19:00:00 promote --to 5 -m Up
	EOT
	cat rung
}
{
	ladder 2026-09
	ladder 2026-10
} >five
run esc-report --now 2026-11-02T09:00:00Z --format html five
is "$status:$err" 0: 'a page of five tiers'
cp "$WORK/out" five.html

look page.html 1
[ -s seen ] || skip_all 'this browser shows nothing'
line='SEEN fits, beside , upon , rgb(255, 255, 255)'
is "$(cat seen)" "$line$newline$line" 'on a light ground it fits a phone and a desk'
is "$(cat said)" '"a word on the console"' 'no word of it on the console'
look five.html 1
is "$(cat seen)" "$line$newline$line" 'so does a ladder of five tiers, from seconds to weeks'
like "$(cat five.html)" '<text class="name m"[^>]*>tier 5<' '... which is drawn'
look page.html 0
line='SEEN fits, beside , upon , rgb(20, 23, 27)'
is "$(cat seen)" "$line$newline$line" 'and on a dark one'
is "$(cat said)" '"a word on the console"' 'no word there'

sed 's/--line:#dde1e6/--line:#dde1e5/' page.html >changed.html
look changed.html 1
like "$(cat said)" 'Content Security Policy' 'a style sheet of others is refused, and this test hears it'
sed 's/max-width:100%;position:relative/width:2000px/' page.html |
	sed "s/style-src '[^']*'/style-src 'unsafe-inline'/" >changed.html
look changed.html 1
like "$(cat seen)" 'scrolls' 'a page that is too wide is seen'
sed 's/svg text{font-size:11px/svg text{font-size:30px/' five.html |
	sed "s/style-src '[^']*'/style-src 'unsafe-inline'/" >changed.html
look changed.html 1
like "$(cat seen)" 'upon [^,]*tier 1' 'words upon others are seen'
done_testing
