package reports

import (
	"slices"
	"strconv"

	"thermie/heat"
	"thermie/interval"
)

// ErrWithheld is the fault in an edition whose readers may not know it: the
// fault of one site, or of one network, tells of its operator.
var ErrWithheld = heat.NewFault("withheld", "why is not for these readers")

// Edition is the dossier as readers may know it who do not see every value:
// the codes of secret print « s », and of a site that is not open to them
// nothing is left that tells which one it is. Sums say of their uncertainty
// and coverage only what follows from no single amount (see Grid.bound).
func (d *Dossier) Edition(secret map[string]bool) (*Dossier, error) {
	words, err := WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	e := *d
	e.Protected, e.Secret, e.Missing, e.Area.Plan.Sites = true, secret, nil, nil
	e.Compared = d.Compared.sealed(e.Grid("change"))
	if d.Since != nil {
		since := *d.Since
		since.Sums = since.Sums.sealed(e.Grid("since"))
		e.Since = &since
	}
	e.Sites = make([]*SiteResult, len(d.Sites))
	twin := map[*SiteResult]*SiteResult{}
	for i, s := range d.Sites {
		e.Sites[i] = d.Openings.withheld(s, words.T("edition.site", "n", strconv.Itoa(i+1)))
		twin[s] = e.Sites[i]
	}
	e.Networks = make([]*NetworkResult, len(d.Networks))
	for i, n := range d.Networks {
		one := *n
		one.Members = slices.Clone(n.Members)
		for j, s := range one.Members {
			one.Members[j] = twin[s]
		}
		if one.Fault != nil {
			one.Fault = ErrWithheld
		}
		e.Networks[i] = &one
	}
	e.Left = slices.Clone(d.Left)
	for i := range e.Left {
		e.Left[i].Site = twin[e.Left[i].Site]
	}
	return &e, nil
}

// withheld is a site as readers may know it. Its results stay, for the sums
// that they are a part of; their figures are sealed one by one.
func (o Openings) withheld(s *SiteResult, label string) *SiteResult {
	t := *s
	t.owner, t.Cards, t.Records = s.Owner(), nil, 0
	if s.Fault != nil {
		t.Fault = ErrWithheld
	}
	p := &t.Place
	p.Origin, p.Circuits, p.Cooling, p.Hall = "", nil, nil, nil
	if o.Readable(s.ID, NameField, false) == nil {
		t.Withheld = true
		p.Name, p.Operator, p.OperatorSIREN, p.SIRET = label, "", "", ""
	}
	if o.Readable(s.ID, LocationField, false) == nil {
		blur(p)
	}
	return &t
}

// blur leaves a site's commune alone.
func blur(p *interval.Site) {
	p.Latitude, p.Longitude, p.PositionClass = 0, 0, 0
	if p.Commune != "" {
		p.PositionClass = 5
	}
}

// Listed are the sites that a list of this edition may name.
func (d *Dossier) Listed() []*SiteResult {
	return slices.DeleteFunc(slices.Clone(d.Sites), func(s *SiteResult) bool { return s.Withheld })
}
