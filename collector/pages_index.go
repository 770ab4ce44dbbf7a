package collector

import (
	"cmp"
	"strconv"
	"time"

	"thermie/collector/rights"
	"thermie/reports/document"
)

// indexPage lists every territory, site and network.
func (v *visit) indexPage() (*page, error) {
	p := &page{Title: v.words["title"], Subtitle: v.words["subtitle"]}
	sites, fictitious, err := v.siteList()
	if err != nil {
		return nil, err
	}
	if len(sites.Rows) == 0 && rights.From(v.ctx).Role == rights.Public {
		return nil, v.deny("without a token nothing is listed")
	}
	p.Lists = []list{v.territoryList(), sites, v.networkList()}
	for _, t := range v.registry.Territories() {
		fictitious = fictitious || t.Fictitious
	}
	if fictitious {
		p.Banner = v.words["demonstration"]
	}
	return p, nil
}

func (v *visit) territoryList() list {
	l := list{ID: "territories", Title: v.words["territories"],
		Heads: v.heads("territory", "siren", "sites_of", "networks_of")}
	for _, t := range v.registry.Territories() {
		l.Rows = append(l.Rows, listRow{Href: v.href("/territory/" + t.SIREN), Name: t.Name,
			Cells: []string{t.SIREN, strconv.Itoa(v.listed(t.Sites)), strconv.Itoa(len(t.Networks))}})
	}
	return l
}

func (v *visit) networkList() list {
	l := list{ID: "networks", Title: v.words["networks"], Heads: v.heads("network", "operator", "demand")}
	for _, n := range v.registry.Networks() {
		demand := v.words["unknown"]
		if n.Demand > 0 {
			demand = document.Figure{Value: n.Demand, Unit: "MWh"}.Full(v.lang)
		}
		l.Rows = append(l.Rows, listRow{Href: v.href("/network/" + n.ID), Name: n.Name,
			Cells: []string{cmp.Or(n.Operator, v.words["unknown"]), demand}})
	}
	return l
}

// siteList says of each site whose it is, what its data are, and from when
// to when there are any.
func (v *visit) siteList() (l list, fictitious bool, err error) {
	l = list{ID: "sites", Title: v.words["sites"], Heads: v.heads("site", "operator", "data", "from", "to")}
	ids, err := v.registry.Sites(v.ctx)
	if err != nil {
		return l, false, err
	}
	for _, id := range ids {
		if !v.lists(id) {
			continue
		}
		place, _, err := v.registry.Place(v.ctx, id)
		if err != nil {
			return l, false, err
		}
		from, to, ok, err := v.registry.Span(v.ctx, id)
		if err != nil {
			return l, false, err
		}
		fictitious = fictitious || place.Fictitious
		days := []string{v.words["no_data"], "–"}
		if ok {
			local := time.FixedZone("", place.UTCOffsetMin*60)
			days = []string{v.day(from.In(local)), v.day(to.Add(-time.Second).In(local))}
		}
		l.Rows = append(l.Rows, listRow{Href: v.href("/site/" + id), Name: cmp.Or(place.Name, id),
			Cells: append([]string{cmp.Or(place.Operator, v.words["unknown"]), v.provenance(place.Data)}, days...)})
	}
	return l, fictitious, nil
}

// day prints a date as the language writes it.
func (v *visit) day(t time.Time) string {
	return document.LabelsOf(v.lang).DateLayout(t.Year(), int(t.Month()), t.Day())
}

// heads are the words of a table's head.
func (v *visit) heads(keys ...string) []string {
	for i, key := range keys {
		keys[i] = v.words[key]
	}
	return keys
}
