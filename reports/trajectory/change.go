package trajectory

import (
	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// change is what hypotheses do to one site.
type change struct {
	factor       float64 // of today's heat
	share        float64 // of it that liquid cooling takes up
	supply, back interval.Temperature
}

// siteIn is a site's change in a year; open is false for one that is not
// there.
func siteIn(s *Site, year, reference int, hypotheses []configs.Hypothesis) (c change, open bool) {
	c, open = change{factor: 1}, !s.Planned
	since := reference
	for _, h := range hypotheses {
		if h.Kind == configs.NewSite && h.Site == s.ID && h.From <= year {
			open, since = true, max(h.From, reference)
		}
	}
	extended := 0.0
	for _, h := range hypotheses {
		if h.From > year || h.Site != "" && h.Site != s.ID {
			continue
		}
		switch h.Kind {
		case configs.Closure:
			return c, false
		case configs.Extension:
			extended += h.Percent / 100
		case configs.SiteGrowth:
			c.factor *= growth(h.PercentPerYear, h, year, since)
		case configs.LiquidCooling:
			c.share, c.supply, c.back = h.SharePercent/100, interval.Celsius(h.SupplyC), interval.Celsius(h.ReturnC)
		}
	}
	c.factor *= max(0, 1+extended)
	return c, open
}

// demandIn is a network's demand in a year as a share of today's; open is
// false for one that is not there.
func demandIn(n *place, year, reference int, hypotheses []configs.Hypothesis) (factor float64, open bool) {
	factor, open = 1, !n.planned
	since := reference
	for _, h := range hypotheses {
		if h.Kind == configs.NewNetwork && h.Network == n.config.ID && h.From <= year {
			open, since = true, max(h.From, reference)
		}
	}
	for _, h := range hypotheses {
		if h.From > year || h.Network != "" && h.Network != n.config.ID {
			continue
		}
		switch h.Kind {
		case configs.NetworkGrowth:
			factor *= growth(h.PercentPerYear, h, year, since)
		case configs.Renovation:
			factor *= growth(-h.PercentPerYear, h, year, since)
		}
	}
	return factor, open
}

// growth is what a yearly rate comes to; what is not there yet does not grow.
func growth(percent float64, h configs.Hypothesis, year, since int) float64 {
	return heat.Growth{Rate: percent / 100, From: max(h.From, since+1), Until: h.Until}.Factor(year)
}

// gridIn is the last factor of electricity stated up to a year; 0 where none
// is.
func gridIn(year int, hypotheses []configs.Hypothesis) (kgPerKWh float64) {
	from := 0
	for _, h := range hypotheses {
		if h.Kind == configs.GridFactor && h.From <= year && h.From >= from {
			kgPerKWh, from = h.KgPerKWh, h.From
		}
	}
	return kgPerKWh
}
