#include "base/instant.h"
#include "cli/html_out.h"
#include "cli/report_format.h"
#include "cli/report_html.h"

static void
put_link(struct html_page *html, const char *title)
{
	buf_puts(html->out, "<li><a href=\"#");
	html_slug(html->out, title);
	buf_printf(html->out, "\">%s</a></li>\n", title);
}

static void
put_contents(struct html_page *html)
{
	buf_puts(html->out, "<nav aria-label=\"Contents\"><ul>\n");
	for (size_t i = 0; i < report_views; i++)
		if (report_view[i].section
			&& report_view_shows(&report_view[i], html->page, &html->page->part[0]))
			put_link(html, report_view[i].section);
	if (html->page->head.group_by.p) {
		buf_puts(html->out, "<li><a href=\"#groups\">Groups by ");
		html_words(html->out, html->page->head.group_by);
		buf_puts(html->out, "</a></li>\n");
	}
	buf_puts(html->out, "</ul></nav>\n");
}

static void
put_foot(struct html_page *html)
{
	struct buf now = { 0 };

	buf_instant(&now, html->page->head.period.now);
	buf_printf(html->out, "<footer><p>esc-report <code>%s</code>, as of <time datetime=\"%s\">"
		"%s</time>. What each figure counts: <cite>esc-report(1)</cite>, FIGURES.</p>"
		"</footer>\n</body>\n</html>\n", ESC_VERSION, buf_cstr(&now), buf_cstr(&now));
	buf_release(&now);
}

void
report_html(const struct report_page *page, const struct report_look *look, struct buf *out)
{
	struct html_page html = { .page = page, .out = out };

	(void)look;
	html_head(&html);
	put_contents(&html);
	buf_puts(out, "<main>\n");
	html_sections(&html);
	html_groups(&html);
	buf_puts(out, "</main>\n");
	put_foot(&html);
}
