package reports

import (
	"fmt"
	"slices"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports/document"
)

// HeatNetworkDocument builds what a heat network needs to know of the data
// centers in its reach: the joint match, its demand and the heat captured
// over the year, and both load-duration curves.
func (d *Dossier) HeatNetworkDocument(id string) (*document.Document, error) {
	i := slices.IndexFunc(d.Networks, func(n *NetworkResult) bool { return n.Network.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("network %q is not one of territory %s", id, d.Area.Territory.SIREN)
	}
	w, err := wordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	alone := *d
	alone.Networks = d.Networks[i : i+1]
	n := &heatNetwork{pcaet: pcaet{draft: draft{words: w}, d: &alone, f: alone.figures()}, of: d.Networks[i]}
	n.heading(1, "1", "heat_network.existing")
	n.networks()
	n.heading(1, "2", "heat_network.match")
	n.match()
	n.heading(1, "3", "heat_network.load")
	n.load()
	return n.titled(), nil
}

// heatNetwork is a network's document being written; its dossier knows this
// network only.
type heatNetwork struct {
	pcaet
	of *NetworkResult
}

// match is the table of the joint match without the network's name, which
// the page says already.
func (n *heatNetwork) match() {
	n.paragraph("potential.technical_text")
	if len(n.f.Pairs) == 0 {
		n.paragraph("potential.no_pair")
		return
	}
	n.add(n.matchTable().Without(networkColumn))
	n.add(n.captureChart())
	n.networkEffect()
}

func (n *heatNetwork) titled() *document.Document {
	doc := n.document()
	name := n.of.Network.Name
	doc.Title = n.t("heat_network.title", "network", name)
	doc.Subtitle = n.t("heat_network.subtitle", "territory", n.d.Area.Territory.Name, "year", n.year())
	doc.Subject = n.t("heat_network.subject", "network", name, "year", n.year())
	doc.Contents = false
	return doc
}

// load draws demand and captured heat through the year and sorted.
func (n *heatNetwork) load() {
	outdoor, err := typicalYear(n.of.Network.ClimateZone, n.d.Year)
	if err != nil || n.of.Network.Demand <= 0 {
		n.paragraph("heat_network.no_load")
		return
	}
	n.paragraph("heat_network.load_text", "zone", n.of.Network.ClimateZone)
	demand := networkOf(n.of.Network, outdoor).Demand
	captured := n.captured(len(demand))

	year := document.Chart{Caption: n.t("heat_network.load_chart", "year", n.year()), Alt: n.t("heat_network.load_alt"), Sheet: n.t("sheets.profile"),
		Kind: document.LineChart, X: n.months(), Y: document.Axis{Title: n.t("heat_network.power_axis")}}
	sorted := document.Chart{Caption: n.t("heat_network.duration_chart"), Alt: n.t("heat_network.duration_alt"), Sheet: n.t("sheets.duration"),
		Kind: document.DurationLine, X: document.Axis{Title: n.t("network.duration_x")}, Y: document.Axis{Title: n.t("heat_network.power_axis")}}
	add := func(name string, power []interval.Power) {
		year.Series = append(year.Series, dailyMeans(name, power))
		sorted.Series = append(sorted.Series, sortedPowers(name, power))
	}
	add(n.t("heat_network.demand"), demand)
	if captured != nil {
		year.Simulated = n.of.Allocation.Captured.Simulated
		sorted.Simulated = year.Simulated
		add(n.t("heats.captured"), captured)
	}
	n.add(year)
	n.add(sorted)
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

// months names the months along an hourly axis.
func (n *heatNetwork) months() document.Axis {
	s := siteDraft{draft: n.draft, r: &SiteResult{Period: n.d.Year}}
	return s.timeAxis()
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
