package collector

import "thermie/reports/pcaet"

// networkPage shows a heat network and what it could take from the sites in
// its reach.
func (v *visit) networkPage() (*page, error) {
	network, ok := v.registry.Network(v.r.PathValue("id"))
	if !ok {
		return nil, errNoPage
	}
	t, ok := v.registry.Serves(network.ID)
	if !ok {
		return &page{Title: network.Name, Subtitle: v.words["no_territory"]}, nil
	}
	d, years, err := v.dossier(t)
	if err != nil {
		return nil, err
	}
	doc, err := pcaet.HeatNetworkDocument(d, network.ID)
	if err != nil {
		return nil, err
	}
	p := &page{Title: network.Name, Subtitle: doc.Subtitle, Banner: doc.Banner, Years: v.years(years.first, years.last, years.chosen),
		Trail: []link{{Href: v.href("/territory/" + t.SIREN), Text: t.Name}}, Lists: v.within(t, d)[:1]}
	p.Body, err = v.body(doc, doc.Blocks)
	return p, err
}
