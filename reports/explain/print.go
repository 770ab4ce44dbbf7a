package explain

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"thermie/reports"
	"thermie/reports/document"
)

// Print writes a trail for a person, in the words of a language.
func Print(out io.Writer, t *Trail, lang string) error {
	w, err := reports.WordsOf(lang)
	if err != nil {
		return err
	}
	p := &page{Draft: reports.Draft{Words: w}}
	p.figure(t)
	for _, s := range t.Sites {
		p.site(s)
	}
	for _, n := range t.Networks {
		p.network(n)
	}
	p.methods(t)
	p.again(t.Again)
	_, err = io.WriteString(out, p.String())
	return err
}

// page is the text of a trail being written.
type page struct {
	reports.Draft
	strings.Builder
}

// line writes a line of the chapter "explain", indented by depth.
func (p *page) line(depth int, key string, pairs ...string) {
	p.raw(depth, p.T("explain."+key, pairs...))
}

func (p *page) raw(depth int, text string) {
	fmt.Fprintln(p, strings.Repeat("  ", depth)+text)
}

func (p *page) figure(t *Trail) {
	if t.Demonstration {
		p.raw(0, p.Words.T("words.demonstration"))
	}
	p.raw(0, t.Code+"  "+t.Printed)
	p.raw(1, t.Where.Title+" – "+t.Where.Period)
	p.line(1, "where", "table", t.Where.Table, "row", t.Where.Row, "column", t.Where.Column)
	p.line(1, "coverage", "coverage", t.Coverage)
	if t.Simulated {
		p.line(1, "simulated")
	}
	if t.Withheld {
		p.line(1, "withheld")
	}
	if len(t.Sum) > 1 {
		p.line(1, "sum")
		for _, part := range t.Sum {
			p.raw(2, part.Site+" – "+part.What+document.Nbsp+": "+part.Value)
		}
	}
	if f := t.Filed; f != nil {
		p.line(1, "filed", "id", f.ID, "date", f.Date, "software", f.Software, "inputs", f.Inputs[:12])
	}
	for _, h := range t.Hypotheses {
		p.line(1, "hypothesis", "kind", h.Kind, "about", h.About, "value", h.Value, "years", h.Years, "scenario", h.Scenario, "source", p.OrNone(h.Source))
	}
	for _, o := range t.From {
		p.line(1, "from", "code", o.Code, "row", o.Row, "column", o.Column, "printed", o.Printed)
	}
}

func (p *page) site(s Site) {
	p.raw(0, "")
	p.raw(0, s.Name+" ("+s.ID+")")
	p.line(1, "site", "operator", p.OrNone(s.Operator), "data", s.Data, "period", p.Days(s.From, s.To), "records", p.Whole(s.Records), "hash", s.SHA256[:12])
	if s.Fault != "" {
		p.line(1, "fault", "fault", s.Fault)
	}
	for _, tier := range s.Tiers {
		p.line(1, "tier", "tier", tier.ID, "title", tier.Title, "hours", p.Whole(tier.Hours), "share", p.Digits(tier.Percent), "mwh", p.Digits(tier.EnergyMWh))
	}
	if s.SilentHours > 0 {
		p.line(1, "silent", "hours", p.Whole(s.SilentHours))
	}
	for _, b := range s.Budgets {
		p.budget(b)
	}
	p.assumptions(s.Assumptions)
	for _, point := range s.Points {
		p.point(point)
	}
	for _, r := range s.Remarks {
		p.raw(1, r)
	}
}

func (p *page) budget(b Budget) {
	p.line(1, "budget", "of", b.Of, "u", p.Digits(b.U))
	for _, kind := range []struct {
		key  string
		list []Cause
	}{{"systematic", b.Systematic}, {"random", b.Random}, {"assumed", b.Assumed}, {"source", b.Sources}} {
		for _, c := range kind.list {
			p.line(2, kind.key, "name", c.Name, "u", p.Digits(c.U))
		}
	}
}

func (p *page) assumptions(list []Assumption) {
	for _, a := range list {
		p.line(1, "assumption", "name", a.Name, "value", strings.TrimSpace(p.Digits(a.Value)+" "+a.Unit), "low", p.Digits(a.Low), "high", p.Digits(a.High),
			"source", a.Source, "status", a.Status)
	}
}

func (p *page) point(point Point) {
	p.line(1, "point", "id", point.ID, "name", point.Name, "role", point.Role, "data", point.Data)
	for _, c := range point.Cards {
		p.line(2, "card", "from", p.since(c.ValidFrom), "device", p.OrNone(c.Device), "serial", p.OrNone(c.Serial), "class", p.class(c), "template", p.OrNone(c.Template))
	}
	if t := point.Template; t != nil {
		for _, r := range t.Registers {
			p.line(2, "register", "maker", t.Maker, "models", strings.Join(t.Models, ", "), "name", r.Name, "address", strconv.Itoa(int(r.Address)),
				"function", strconv.Itoa(int(r.Function)), "type", r.Type, "scale", p.Digits(r.Scale), "unit", p.OrNone(r.Unit), "source", p.OrNone(strings.Trim(r.Source+", "+r.Second, ", ")))
		}
	}
	for _, k := range point.Read {
		p.reading(k)
	}
}

func (p *page) class(c Card) string {
	switch {
	case c.Class != "":
		return c.Class
	case c.Declared != nil:
		return p.T("annex.declared_u", "u", p.Digits(*c.Declared))
	}
	return document.LabelsOf(p.Lang).Unknown
}

func (p *page) since(t time.Time) string {
	if t.Unix() <= 1 {
		return p.T("explain.ever")
	}
	return p.Day(t)
}

func (p *page) reading(k Reading) {
	if k.Intervals == 0 {
		p.line(2, "nothing", "kind", k.Kind)
		return
	}
	lengths := make([]string, len(k.LengthsS))
	for i, s := range k.LengthsS {
		lengths[i] = strconv.Itoa(int(s))
	}
	total := ""
	switch {
	case k.Sum != nil:
		total = p.T("explain.total", "value", p.Digits(*k.Sum), "unit", k.Unit)
	case k.Mean != nil:
		total = p.T("explain.mean", "value", p.Digits(*k.Mean), "unit", k.Unit)
	}
	p.line(2, "reading", "kind", k.Kind, "n", p.Whole(k.Intervals), "lengths", strings.Join(lengths, ", "), "total", total,
		"coverage", p.Digits(reports.RoundTo(k.Coverage*100, 2)), "origins", p.counts("origin_", k.Origins))
	if k.Gaps.Count > 0 {
		p.line(3, "gaps", "n", p.Whole(k.Gaps.Count), "total", p.span(k.Gaps.TotalS), "longest", p.span(k.Gaps.LongestS), "at", k.Gaps.LongestFrom.Format("2006-01-02 15:04 UTC"))
		if len(k.Gaps.Hours) > 0 {
			p.line(3, "filled", "hours", p.counts("tier_", k.Gaps.Hours))
		}
	}
}

// counts lists numbers by name, "T1 12, T3 4", in a fixed order.
func (p *page) counts(prefix string, counts map[string]int) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, p.Name("explain", prefix+strings.Trim(name, "-"))+" "+p.Whole(counts[name]))
	}
	return strings.ReplaceAll(strings.Join(list, ", "), prefix, "")
}

// span writes a length of time in hours and minutes.
func (p *page) span(seconds int64) string {
	return p.T("explain.span", "h", p.Whole(int(seconds/3600)), "min", strconv.Itoa(int(seconds%3600/60)))
}

func (p *page) network(n Network) {
	p.raw(0, "")
	p.raw(0, n.Name+" ("+n.ID+")")
	p.line(1, "network", "demand", p.Digits(n.Demand.AnnualMWh), "stated", p.Digits(n.Demand.StatedMWh), "method", n.Demand.Method,
		"weather", n.Demand.Weather, "origin", p.OrNone(n.Demand.Origin), "turn", strconv.Itoa(n.Turn))
	if len(n.Members) > 0 {
		p.line(1, "members", "sites", strings.Join(n.Members, ", "))
	}
	if n.Fault != "" {
		p.line(1, "fault", "fault", n.Fault)
	}
	for _, b := range n.Budgets {
		p.budget(b)
	}
	p.assumptions(n.Assumptions)
}

func (p *page) methods(t *Trail) {
	if len(t.Methods)+len(t.Factors)+len(t.Prices) > 0 {
		p.raw(0, "")
	}
	for _, m := range t.Methods {
		p.line(0, "method", "id", m.ID, "title", p.MethodName(m.ID), "source", p.MethodSource(m.ID), "status", m.Status)
		if m.Formula != "" {
			p.raw(1, m.Formula)
		}
	}
	for _, f := range t.Factors {
		p.line(0, "factor", "id", f.ID, "value", p.Digits(f.Value), "unit", f.Unit, "year", strconv.Itoa(f.Year), "set", f.Set, "source", f.Source, "status", f.Status)
	}
	for _, x := range t.Prices {
		p.line(0, "price", "name", x.Name, "value", strings.TrimSpace(p.Digits(x.Value)+document.Nbsp+x.Unit), "up_to", p.upTo(x), "source", p.read(x), "status", x.Status)
	}
}

// upTo says up to which power a price holds.
func (p *page) upTo(x Price) string {
	if x.UpToMW == 0 {
		return ""
	}
	return " " + p.T("economy.up_to", "mw", p.Digits(x.UpToMW))
}

// read is a price's source and the day on which it was read there.
func (p *page) read(x Price) string {
	day, err := time.Parse(time.DateOnly, x.Seen)
	if err != nil {
		return p.OrNone(x.Source)
	}
	return p.T("explain.read_on", "source", x.Source, "day", p.Day(day))
}

func (p *page) again(a Again) {
	p.raw(0, "")
	key := "differs"
	if a.Same {
		key = "same"
	}
	p.line(0, key, "printed", a.Printed, "records", p.Whole(a.Records), "sites", p.Whole(len(a.Sites)), "inputs", a.Inputs)
}
