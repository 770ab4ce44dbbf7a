package configs

// Territory is the area of one PCAET.
type Territory struct {
	SIREN      string   `yaml:"siren"`
	Name       string   `yaml:"name"`
	Kind       string   `yaml:"kind"` // CC, CA, CU, ME, EPT, commune
	Year       int      `yaml:"millesime"`
	Population int      `yaml:"population"`
	Communes   []string `yaml:"communes_insee"`
	Sites      []string `yaml:"sites"`
	Networks   []string `yaml:"networks"`
	Fictitious bool     `yaml:"fictitious"`
	Said       `yaml:",inline"`
}
