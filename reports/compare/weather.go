package compare

import (
	"math"
	"slices"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// weatherOf is what the weather did to each sum. The potential is that of a
// typical year, which is the same in both. Heat that is really handed over
// follows the degree days of the sites' own outdoor sensors, as far as it
// follows any weather. What weather does to a data center's electricity and
// heat nobody tells apart: it is unknown, and stays within the real change.
//
// Method: DJ1, DJ3.
func (c *comparison) weatherOf(after []document.Figure) amounts {
	out := make(amounts, len(reports.Compared))
	for i, key := range reports.Compared {
		switch key {
		case "captee", "livree":
			out[i] = amount{0, true}
		case "valorisee":
			out[i] = c.weatherOfSupply(after[i])
		}
	}
	return out
}

func (c *comparison) weatherOfSupply(after document.Figure) amount {
	before, then := c.degreeDays(c.beforeD)
	now, known := c.degreeDays(c.afterD)
	if !then || !known || !after.Stated() || now == 0 {
		return amount{}
	}
	value := interval.Energy(after.Value) * interval.MegawattHour
	normal := heat.NormaliseDemand(value, c.baseShare(), now, before)
	return amount{float64((value - normal) / interval.MegawattHour), true}
}

// baseShare is the share of deliveries that follows no weather: that of the
// first network, else the default.
func (c *comparison) baseShare() float64 {
	if networks := c.afterD.Networks; len(networks) > 0 {
		return networks[0].Network.BaseShare / 100
	}
	return heat.DefaultBaseShare
}

// degreeDays are those of the first shared site whose outdoor sensor saw the
// whole year.
func (c *comparison) degreeDays(d *reports.Dossier) (float64, bool) {
	for _, s := range d.Sites {
		if slices.Contains(c.shared, s.ID) && !math.IsNaN(s.DegreeDays) {
			return s.DegreeDays, true
		}
	}
	return 0, false
}
