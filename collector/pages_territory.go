package collector

import (
	"cmp"
	"io"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// dossier computes the territory that the address names.
func (v *visit) dossier(t configs.Territory) (*reports.Dossier, period, error) {
	sites := v.mentioned(t.Sites)
	if len(sites) == 0 {
		return nil, period{}, errNoSites
	}
	p, err := v.period(sites...)
	if err != nil {
		return nil, p, err
	}
	o, err := v.edition(t, p.chosen)
	if err != nil {
		return nil, p, err
	}
	area, err := v.registry.Area(v.ctx, t)
	if err != nil {
		return nil, p, err
	}
	d, err := reports.Build(v.ctx, v.registry, area, o)
	return d, p, err
}

// territoryPage shows the synthesis and the charts of a territory's report.
func (v *visit) territoryPage() (*page, error) {
	t, ok := v.registry.Territory(v.r.PathValue("siren"))
	if !ok {
		return nil, errNoPage
	}
	d, years, err := v.dossier(t)
	if err != nil {
		return nil, err
	}
	report, err := pcaet.Write(d)
	if err != nil {
		return nil, err
	}
	doc := report.Document()
	p := &page{Title: t.Name, Subtitle: doc.Subtitle, Banner: doc.Banner, Years: v.years(years.first, years.last, years.chosen)}
	for _, group := range offered(d) {
		links := fileLinks{Title: v.words[group.title]}
		for _, f := range group.files {
			links.Files = append(links.Files, fileLink{v.href("/territory/" + t.SIREN + "/" + f.name), f.name, v.words[f.about]})
		}
		p.Files = append(p.Files, links)
	}
	if p.Body, err = v.body(doc, append(firstPart(doc), charts(doc)...)); err != nil {
		return nil, err
	}
	p.Lists = v.within(t, d)
	return p, nil
}

// within lists the sites and networks of a territory.
func (v *visit) within(t configs.Territory, d *reports.Dossier) []list {
	sites := list{ID: "sites", Title: v.words["sites"], Heads: v.heads("site", "operator", "data")}
	for _, s := range d.Sites {
		if !v.lists(s.ID) {
			continue
		}
		sites.Rows = append(sites.Rows, listRow{Href: v.href("/site/" + s.ID), Name: cmp.Or(s.Place.Name, s.ID),
			Cells: []string{cmp.Or(s.Place.Operator, v.words["unknown"]), v.provenance(s.Place.Data)}})
	}
	networks := list{ID: "networks", Title: v.words["networks"], Heads: v.heads("network", "operator")}
	for _, n := range d.Area.Networks {
		networks.Rows = append(networks.Rows, listRow{Href: v.href("/network/" + n.ID), Name: n.Name,
			Cells: []string{cmp.Or(n.Operator, v.words["unknown"])}})
	}
	return []list{sites, networks}
}

// territoryFile sends one file of a territory's report.
func (v *visit) territoryFile() (*attachment, error) {
	t, ok := v.registry.Territory(v.r.PathValue("siren"))
	if !ok {
		return nil, errNoPage
	}
	d, _, err := v.dossier(t)
	if err != nil {
		return nil, err
	}
	for _, group := range offered(d) {
		for _, f := range group.files {
			if f.name != v.r.PathValue("file") {
				continue
			}
			report, err := pcaet.Write(d)
			if err != nil {
				return nil, err
			}
			return attach(f.name, func(w io.Writer) error { return f.write(report, w) })
		}
	}
	return nil, errNoPage
}

// firstPart returns the blocks up to the first page break: the part that is
// read when nothing else is.
func firstPart(doc *document.Document) (blocks []document.Block) {
	for _, b := range doc.Blocks {
		if _, end := b.(document.PageBreak); end {
			break
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// charts returns the charts of a document that come after its first part.
func charts(doc *document.Document) (blocks []document.Block) {
	for _, b := range doc.Blocks[len(firstPart(doc)):] {
		if c, ok := b.(document.Chart); ok {
			blocks = append(blocks, c)
		}
	}
	return blocks
}
