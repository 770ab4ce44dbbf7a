package configs

import "fmt"

// described are the ids that a file declares, with their lines.
type described struct{ sites, networks map[string]int }

// declared checks what is declared, fills the defaults of the networks, and
// notes where each thing was said.
func (c *checker) declared(d *Declared) described {
	seen := described{map[string]int{}, map[string]int{}}
	for i := range d.Sites {
		p, s := c.at("sites", i), &d.Sites[i]
		p.site(s)
		p.said(&s.Said)
		p.at("id").unique(seen.sites, s.ID, "site")
	}
	for i := range d.Networks {
		p, n := c.at("networks", i), &d.Networks[i]
		p.network(n)
		p.said(&n.Said)
		p.at("id").unique(seen.networks, n.ID, "network")
	}
	territories := map[string]int{}
	for i := range d.Territories {
		p, t := c.at("territories", i), &d.Territories[i]
		p.territory(*t)
		p.said(&t.Said)
		p.at("siren").unique(territories, fmt.Sprintf("%s of %d", t.SIREN, t.Year), "territory")
	}
	factors := map[string]int{}
	for i := range d.Factors {
		p, f := c.at("factors", i), &d.Factors[i]
		p.factor(*f)
		p.said(&f.Said)
		p.at("id").unique(factors, f.ID, "factor")
	}
	return seen
}

// said checks the day from which something holds, and notes its place.
func (p place) said(s *Said) {
	if s.Where = p.c.doc.file; p.written() {
		s.Where = fmt.Sprintf("%s:%d", p.c.doc.file, p.line())
	}
	if s.ValidFrom != "" {
		p.at("valid_from").day(s.ValidFrom)
	}
}

// factor checks an emission factor: without its source it would be a rumour.
func (p place) factor(f Factor) {
	p.at("id").id(f.ID)
	p.at("value").between(f.Value, 0, 10)
	p.at("unit").oneOf(f.Unit, []string{"kgCO2e/kWh"})
	p.at("basis").oneOf(f.Basis, factorBases)
	p.at("year").between(float64(f.Year), 1990, 2100)
	p.at("set").required(f.Set)
	p.at("source").required(f.Source)
	p.at("status").oneOf(f.Status, []string{"read", "confirm"})
}

func (p place) territory(t Territory) {
	p.at("name").required(t.Name)
	if p.at("siren").required(t.SIREN) {
		p.at("siren").register9(t.SIREN, t.Fictitious)
	}
	p.at("kind").oneOf(t.Kind, territoryKinds)
	p.at("millesime").between(float64(t.Year), 2015, 2100)
	p.at("population").between(float64(t.Population), 0, 1e8)
	for i, code := range t.Communes {
		if !inseeCode.MatchString(code) {
			p.at("communes_insee", i).fault("five signs, such as 75056; quote a code that begins with 0", "%q is not a commune's code", code)
		}
	}
}
