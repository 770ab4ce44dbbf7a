package configs

import (
	"fmt"
	"maps"
	"slices"
)

func defaultCollector() *Collector {
	return &Collector{Listen: "127.0.0.1:8086", Data: "data", Store: Store{Kind: EmbeddedStore}}
}

// collector checks a collector's configuration and fills the defaults of
// its networks.
func (c *checker) collector(col *Collector) {
	c.at("listen").address(col.Listen, true)
	c.listener(col)
	c.at("data").required(col.Data)
	c.at("store").store(&col.Store)
	sites, networks := map[string]int{}, map[string]int{}
	for i := range col.Sites {
		p := c.at("sites", i)
		p.site(&col.Sites[i])
		p.at("id").unique(sites, col.Sites[i].ID, "site")
	}
	tokens := map[string]int{}
	for i, t := range col.Tokens {
		p := c.at("tokens", i)
		p.at("file").required(t.File)
		if p.at("site").id(t.Site) {
			p.at("site").unique(tokens, t.Site, "token of")
		}
	}
	maps.Copy(sites, tokens)
	c.feeds(col)
	for i := range col.Networks {
		p := c.at("networks", i)
		p.network(&col.Networks[i])
		p.at("id").unique(networks, col.Networks[i].ID, "network")
	}
	seen := map[string]int{}
	for i, t := range col.Territories {
		p := c.at("territories", i)
		p.territory(t)
		p.at("siren").unique(seen, fmt.Sprintf("%s of %d", t.SIREN, t.Year), "territory")
		p.at("sites").known("site", t.Sites, sites, "describe it under sites, or give its agent a token")
		p.at("networks").known("network", t.Networks, networks, "describe it under networks")
	}
}

// known checks that each name of a list was described elsewhere.
func (p place) known(what string, names []string, described map[string]int, otherwise string) {
	for i, name := range names {
		if _, ok := described[name]; ok {
			continue
		}
		hint := didYouMean(name, slices.Sorted(maps.Keys(described)))
		if hint == "" {
			hint = otherwise
		}
		p.at(i).fault(hint, "unknown %s %q", what, name)
	}
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
