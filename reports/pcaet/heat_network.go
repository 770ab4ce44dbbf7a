package pcaet

import (
	"fmt"
	"slices"

	"thermie/disclosure"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// HeatNetworkDocument builds what a heat network needs to know of the data
// centers in its reach: the joint match, its demand and the heat captured
// over the year, and both load-duration curves.
func HeatNetworkDocument(d *reports.Dossier, id string) (*document.Document, error) {
	i := slices.IndexFunc(d.Networks, func(n *reports.NetworkResult) bool { return n.Network.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("network %q is not one of territory %s", id, d.Area.Territory.SIREN)
	}
	w, err := reports.WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	var whole *Report
	if profile, _ := disclosure.ProfileByID(d.Options.Disclosure); !profile.Exact {
		if whole, err = Write(d); err != nil {
			return nil, err
		}
		d = whole.d
	}
	alone := *d
	alone.Networks = d.Networks[i : i+1]
	n := &heatNetwork{Report: Report{Draft: reports.Draft{Words: w}, d: &alone}, of: d.Networks[i]}
	if whole != nil {
		n.protect(whole)
		return n.titled(), nil
	}
	n.f = alone.Figures()
	n.Heading(1, "1", "heat_network.existing")
	n.networks()
	n.Heading(1, "2", "heat_network.match")
	n.match()
	n.Heading(1, "3", "heat_network.load")
	n.load()
	return n.titled(), nil
}

// heatNetwork is a network's document being written; its dossier knows this
// network only.
type heatNetwork struct {
	Report
	of *reports.NetworkResult
}

// protect writes what readers may see who do not see every value: the network
// itself, and what it could capture in all, as the territory's report was
// attacked with it.
func (n *heatNetwork) protect(whole *Report) {
	n.secrecy = whole.secrecy
	n.Heading(1, "1", "heat_network.existing")
	n.networks()
	n.Heading(1, "2", "heat_network.match")
	n.Add(document.Highlights{Items: []document.Highlight{{Label: n.T("heats.captured"), Figure: whole.capturedBy(n.of), Help: n.T("synthesis.captured_help")}}})
	n.audience()
	if len(n.of.Model.Demand) > 0 {
		n.Heading(1, "3", "heat_network.load")
		n.Paragraph("heat_network.load_text", "zone", n.of.Network.ClimateZone)
		n.charts(nil)
	}
}

// match is the table of the joint match without the network's name, which
// the page says already.
func (n *heatNetwork) match() {
	n.Paragraph("potential.technical_text")
	if len(n.f.Pairs) == 0 {
		n.Paragraph("potential.no_pair")
		return
	}
	n.Add(n.matchTable().Without(networkColumn))
	n.Add(n.captureChart())
	n.networkEffect()
}

func (n *heatNetwork) titled() *document.Document {
	doc := n.Document()
	name := n.of.Network.Name
	doc.Title = n.T("heat_network.title", "network", name)
	doc.Subtitle = n.T("heat_network.subtitle", "territory", n.d.Area.Territory.Name, "year", n.year())
	doc.Subject = n.T("heat_network.subject", "network", name, "year", n.year())
	doc.Contents = false
	return doc
}

// load draws demand and captured heat through the year and sorted.
func (n *heatNetwork) load() {
	demand := n.of.Model.Demand
	if len(demand) == 0 {
		n.Paragraph("heat_network.no_load")
		return
	}
	n.Paragraph("heat_network.load_text", "zone", n.of.Network.ClimateZone)
	n.charts(n.captured(len(demand)))
}

// charts draws the demand and, where it may be shown, what is captured of it.
func (n *heatNetwork) charts(captured []interval.Power) {
	demand := n.of.Model.Demand
	year := document.Chart{Caption: n.T("heat_network.load_chart", "year", n.year()), Alt: n.T("heat_network.load_alt"), Sheet: n.T("sheets.profile"),
		Kind: document.LineChart, X: n.TimeAxis(n.d.Year), Y: document.Axis{Title: n.T("heat_network.power_axis")}}
	sorted := document.Chart{Caption: n.T("heat_network.duration_chart"), Alt: n.T("heat_network.duration_alt"), Sheet: n.T("sheets.duration"),
		Kind: document.DurationLine, X: document.Axis{Title: n.T("network.duration_x")}, Y: document.Axis{Title: n.T("heat_network.power_axis")}}
	add := func(name string, power []interval.Power) {
		year.Series = append(year.Series, dailyMeans(name, power))
		sorted.Series = append(sorted.Series, sortedPowers(name, power))
	}
	add(n.T("heat_network.demand"), demand)
	if captured != nil {
		year.Simulated = n.of.Allocation.Captured.Simulated
		sorted.Simulated = year.Simulated
		add(n.T("heats.captured"), captured)
	}
	n.Add(year)
	n.Add(sorted)
}

// captured adds up what the network takes from all its sources, by hour; nil
// when nothing was computed.
func (n *heatNetwork) captured(hours int) []interval.Power {
	if n.of.Allocation == nil {
		return nil
	}
	sum := make([]interval.Power, hours)
	for _, delivery := range n.of.Allocation.Deliveries {
		for h, p := range delivery.Captured {
			sum[h] += p
		}
	}
	return sum
}

// dailyMeans is a series of one mean power in MW a day.
func dailyMeans(name string, power []interval.Power) document.Series {
	s := document.Series{Name: name}
	for from := 0; from+24 <= len(power); from += 24 {
		sum := 0.0
		for _, p := range power[from : from+24] {
			sum += float64(p)
		}
		s.X, s.Y = append(s.X, float64(from)+12), append(s.Y, sum/24/1e6)
	}
	return s
}

// sortedPowers is a load-duration curve in MW.
func sortedPowers(name string, power []interval.Power) document.Series {
	s := document.Series{Name: name}
	for h, p := range heat.NewLoadDuration(power).Sorted {
		s.X, s.Y = append(s.X, float64(h)), append(s.Y, float64(p/interval.Megawatt))
	}
	return s
}
