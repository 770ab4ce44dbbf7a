package configs

// Declared is what a person or a file says of sites, territories, heat
// networks and factors: the part of a collector's configuration that its
// registry keeps, and the form of a file that is imported into it.
type Declared struct {
	Sites       []SiteEntry `yaml:"sites"`
	Territories []Territory `yaml:"territories"`
	Networks    []Network   `yaml:"networks"`
	Factors     []Factor    `yaml:"factors"`
}

// Declared returns what a collector's configuration declares.
func (c *Collector) Declared() Declared {
	return Declared{c.Sites, c.Territories, c.Networks, c.Factors}
}

// Said is from when something holds, and where it was said.
type Said struct {
	ValidFrom string `yaml:"valid_from"` // day, 2006-01-02; empty: since ever
	Where     string `yaml:"-"`          // file:line
}

// Saids returns from when and where each thing was said.
func (d Declared) Saids() (all []*Said) {
	for i := range d.Sites {
		all = append(all, &d.Sites[i].Said)
	}
	for i := range d.Territories {
		all = append(all, &d.Territories[i].Said)
	}
	for i := range d.Networks {
		all = append(all, &d.Networks[i].Said)
	}
	for i := range d.Factors {
		all = append(all, &d.Factors[i].Said)
	}
	return all
}

// Factor is an emission factor, dated and with its source.
type Factor struct {
	ID     string  `yaml:"id"`
	Value  float64 `yaml:"value"`
	Unit   string  `yaml:"unit"`
	Basis  string  `yaml:"basis"` // what is counted, a key of the reports' words
	Year   int     `yaml:"year"`
	Set    string  `yaml:"set"` // sets are never mixed
	Source string  `yaml:"source"`
	Status string  `yaml:"status"` // read or confirm
	Said   `yaml:",inline"`
}

// DecodeDeclared reads and checks a file of declarations; file names it in
// faults. Between reading and checking, complete may fill in what follows
// from what is written, such as a territory's communes from its SIREN.
func DecodeDeclared(file string, data []byte, complete func(*Declared)) (*Declared, error) {
	d := &Declared{}
	doc, faults := decode(file, data, d)
	complete(d)
	c := newChecker(doc, faults)
	if err := c.run(func() { c.declared(d) }); err != nil {
		return nil, err
	}
	d.resolve(file)
	return d, nil
}

// LoadDeclared is DecodeDeclared for a file.
func LoadDeclared(path string, complete func(*Declared)) (*Declared, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return DecodeDeclared(path, data, complete)
}

// resolve places the paths that networks name in the file's folder.
func (d Declared) resolve(file string) {
	for i := range d.Networks {
		n := &d.Networks[i]
		n.GeometryFile, n.DemandFile = besides(file, n.GeometryFile), besides(file, n.DemandFile)
	}
}
