package configs

import (
	"maps"
	"slices"
)

func defaultCollector() *Collector {
	return &Collector{Listen: "127.0.0.1:8086", Data: "data", Store: Store{Kind: EmbeddedStore}}
}

// collector checks a collector's configuration.
func (c *checker) collector(col *Collector) {
	c.at("listen").address(col.Listen, true)
	c.listener(col)
	c.at("data").required(col.Data)
	c.at("store").store(&col.Store)
	c.at("retention").retention(col.Retention, col.Store.Kind)
	d := col.Declared()
	here := c.declared(&d)
	tokens := map[string]int{}
	for i, t := range col.Tokens {
		p := c.at("tokens", i)
		p.at("file").required(t.File)
		p.at("carry_key").publicKey(t.CarryKey)
		if p.at("site").id(t.Site) {
			p.at("site").unique(tokens, t.Site, "token of")
		}
	}
	maps.Copy(here.sites, tokens)
	for i, id := range col.Released {
		if p := c.at("released", i); p.id(id) {
			p.unique(here.sites, id, "site")
		}
	}
	c.feeds(col)
	for i, t := range col.Territories {
		p := c.at("territories", i)
		p.at("sites").known("site", t.Sites, here.sites, "describe it under sites, or give its agent a token")
		p.at("networks").known("network", t.Networks, here.networks, "describe it under networks")
	}
	connections := map[string]int{}
	for i, s := range col.Studies {
		p := c.at("studies", i)
		p.study(s, here.sites, here.networks)
		p.unique(connections, s.Site+" with "+s.Network, "study of")
	}
	c.plans(col, here)
}

// known checks that each name of a list was described elsewhere.
func (p place) known(what string, names []string, described map[string]int, otherwise string) {
	for i, name := range names {
		p.at(i).described(what, name, described, otherwise)
	}
}

// described checks one name.
func (p place) described(what, name string, described map[string]int, otherwise string) {
	if _, ok := described[name]; ok || !p.required(name) {
		return
	}
	hint := didYouMean(name, slices.Sorted(maps.Keys(described)))
	if hint == "" {
		hint = otherwise
	}
	p.fault(hint, "unknown %s %q", what, name)
}
