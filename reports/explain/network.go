package explain

import (
	"slices"

	"thermie/interval"
	"thermie/reports"
)

// Network is a heat network behind a figure, and how its match was computed.
type Network struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	OrderID     string       `json:"order_id,omitempty"`
	Operator    string       `json:"operator,omitempty"`
	Members     []string     `json:"members"` // sites that share its demand
	Turn        int          `json:"turn"`    // in which it draws from the sites
	Demand      Demand       `json:"demand"`
	Assumptions []Assumption `json:"assumptions,omitempty"`
	Budgets     []Budget     `json:"uncertainty,omitempty"` // of what the sites in question give
	Fault       string       `json:"fault,omitempty"`
}

// Demand says where a network's hours come from.
type Demand struct {
	Method    string  `json:"method"`
	AnnualMWh float64 `json:"annual_mwh"`
	StatedMWh float64 `json:"stated_mwh"`
	Origin    string  `json:"origin,omitempty"`
	Weather   string  `json:"weather"` // climate zone of the typical year, or its own
}

func (l *Library) network(n *reports.NetworkResult, sites []*reports.SiteResult) Network {
	mwh := func(e interval.Energy) float64 { return reports.RoundTo(float64(e/interval.MegawattHour), 0) }
	t := Network{ID: n.Network.ID, Name: n.Network.Name, OrderID: n.Network.OrderID, Operator: n.Network.Operator, Turn: n.Turn + 1,
		Demand: Demand{Method: n.Basis.Method, AnnualMWh: mwh(n.Basis.Annual), StatedMWh: mwh(n.Basis.Stated), Origin: n.Basis.Origin,
			Weather: l.words.T("explain.typical_year", "zone", n.Network.ClimateZone)}}
	if n.Basis.OwnWeather {
		t.Demand.Weather = l.words.T("explain.own_weather")
	}
	if n.Fault != nil {
		if t.Fault = l.words.Why(reports.ErrWithheld); l.exact {
			t.Fault = l.words.Why(n.Fault)
		}
	}
	for i, s := range n.Members {
		if l.exact {
			t.Members = append(t.Members, reports.SiteName(s))
		}
		delivery, computed := n.Delivery(i)
		if computed && l.exact && slices.ContainsFunc(sites, func(o *reports.SiteResult) bool { return o.ID == s.ID }) {
			b := l.budget("captured", delivery.Budgets.Captured)
			b.Of += ", " + reports.SiteName(s)
			t.Budgets = append(t.Budgets, b)
		}
	}
	if n.Allocation != nil {
		t.Assumptions = l.assumptions(n.Allocation.Assumptions)
	}
	return t
}
