package agent

import (
	"bufio"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"time"

	"thermie/agent/mqtt"
)

// The page reloads itself by its own meta tag; there is no script in it.
const pageHead = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="30">
<meta name="viewport" content="width=device-width">
<title>Thermie agent %[1]s</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem} h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%%} th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #ddd}
th{font-weight:600} td.bad,p.bad{color:#a30000} pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;padding:1rem}
</style></head><body>
<h1>Thermie agent: %[1]s</h1>
`

// htmlPage writes the page; every text is escaped here. A large site's is
// written as it is made.
type htmlPage struct{ *bufio.Writer }

const pageBuffer = 32 << 10

func (h htmlPage) heading(text string) { fmt.Fprintf(h, "<h2>%s</h2>\n", html.EscapeString(text)) }

func (h htmlPage) paragraph(bad bool, text string) {
	fmt.Fprintf(h, "<p%s>%s</p>\n", class(bad), html.EscapeString(text))
}

// table opens a table with the heads of its columns, if they have any; end
// closes it.
func (h htmlPage) table(heads ...string) {
	h.WriteString("<table>\n")
	if len(heads) == 0 {
		return
	}
	h.WriteString("<tr>")
	for _, head := range heads {
		fmt.Fprintf(h, "<th scope=\"col\">%s</th>", html.EscapeString(head))
	}
	h.WriteString("</tr>\n")
}

func (h htmlPage) row(bad bool, cells ...string) {
	begin := "<td" + class(bad) + ">"
	h.WriteString("<tr>")
	for _, cell := range cells {
		h.WriteString(begin)
		h.WriteString(html.EscapeString(cell))
		h.WriteString("</td>")
	}
	h.WriteString("</tr>\n")
}

func (h htmlPage) end() { h.WriteString("</table>\n") }

func class(bad bool) string {
	if bad {
		return ` class="bad"`
	}
	return ""
}

// page answers with how everything fares, and what leaves the site.
func (p *statusPage) page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	now, h := time.Now(), htmlPage{bufio.NewWriterSize(w, pageBuffer)}
	fmt.Fprintf(h, pageHead, html.EscapeString(p.site.cfg.Site.ID))
	if fault := p.fault(now); fault != "" {
		h.paragraph(true, "Fault: "+fault)
	}
	h.paragraph(false, fmt.Sprintf("Read-only, for this machine alone. %s UTC, running since %s.", clock(now), clock(p.started)))
	p.sending(h, now)
	p.asked(h, now)
	p.read(h, now)
	h.heading("What leaves the site")
	h.WriteString("<pre>")
	h.WriteString(p.leaving)
	h.WriteString("</pre>\n</body></html>\n")
	_ = h.Flush() // who has gone away cannot be told
}

// sending tells of the queue and the uploads.
func (p *statusPage) sending(h htmlPage, now time.Time) {
	q, f := p.site.queue.Stats(), p.site.forwarder.Stats()
	h.heading("Sending " + wayOut(p.site.cfg.Collector))
	if f.Alarm != "" {
		h.paragraph(true, "A person must put this right: "+f.Alarm)
	}
	h.table()
	h.row(false, "Last acknowledged upload", ago(f.LastSuccess, now))
	h.row(false, "Lines acknowledged since the start", fmt.Sprint(f.Forwarded))
	h.row(false, "Lines that wait", fmt.Sprintf("%d, the oldest of %s; %.1f MB on disk", q.Lines, clock(q.Oldest), float64(q.Bytes)/1e6))
	if p.site.cfg.Collector.Hold {
		h.row(q.Held > 0, "Lines held until a person has released them with thermie outbox", fmt.Sprint(q.Held))
	}
	h.row(f.Rejected > 0, "Lines refused for good, kept in rejected/", fmt.Sprint(f.Rejected))
	h.row(q.Dropped > 0, "Lines lost because the queue was full", fmt.Sprint(q.Dropped))
	h.row(q.Damaged > 0, "Damaged bytes set aside", fmt.Sprint(q.Damaged))
	h.row(false, "Uploads tried again", fmt.Sprint(f.Failures))
	h.end()
	p.clockTable(h)
}

// clockTable tells what this machine's clock is worth.
func (p *statusPage) clockTable(h htmlPage) {
	c := p.site.clockReport()
	h.heading("Clock")
	h.table()
	h.row(c.fault != "", "This machine's clock", c.words())
	if c.steps > 0 {
		h.row(true, "Steps since the start", fmt.Sprintf("%d; at last %s", c.steps, c.last))
	}
	h.end()
}

// asked tells of devices, topics and connections.
func (p *statusPage) asked(h htmlPage, now time.Time) {
	h.heading("Sources")
	h.table("source", "part", "last success", "state")
	var notes []string
	for _, s := range p.reports() {
		for _, part := range s.parts {
			h.row(!part.since.IsZero(), s.name, part.name, ago(part.good, now), part.word()+part.notUsed())
		}
		if s.unknown > 0 {
			notes = append(notes, fmt.Sprintf("%s: %d messages of topics that nobody asked for, such as %q.", s.name, s.unknown, s.strays))
		}
	}
	h.end()
	for _, note := range notes {
		h.paragraph(true, note)
	}
}

func (s partStatus) word() string {
	switch {
	case !s.since.IsZero():
		return fmt.Sprintf("failing since %s, %d times: %s", clock(s.since), s.failures, s.fault)
	case s.good.IsZero():
		return "nothing yet"
	}
	return "good"
}

// notUsed says what came and was not integrated.
func (s partStatus) notUsed() string {
	u := s.unused
	if u == (mqtt.Unused{}) {
		return ""
	}
	return fmt.Sprintf("; not integrated: %d retained, %d repeated, %d not to be read yet", u.Retained, u.Repeated, u.Held)
}

// read tells the last reading of each series.
func (p *statusPage) read(h htmlPage, now time.Time) {
	h.heading("Series")
	h.table("point", "kind", "last reading", "value")
	var second time.Time // most series of a device were read in the same one
	when := ago(second, now)
	for _, one := range p.tracks {
		value := "none yet"
		r, seen := one.latest.reading()
		if nature, _ := r.Kind.Nature(); seen {
			value = strconv.FormatFloat(r.SI, 'g', 6, 64) + " " + nature.ReadingUnit
		}
		if at := r.At.Truncate(time.Second); at != second {
			second, when = at, ago(at, now)
		}
		h.row(!seen, one.series.Meter, string(one.series.Kind), when, value)
	}
	h.end()
}

func clock(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format("2006-01-02 15:04:05")
}

func ago(t, now time.Time) string {
	if t.IsZero() {
		return "none yet"
	}
	return clock(t) + ", " + now.Sub(t).Round(time.Second).String() + " ago"
}
