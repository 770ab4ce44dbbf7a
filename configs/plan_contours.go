package configs

// Contours are the outlines of a territory's communes that an authority gives
// for the maps of its plan.
type Contours struct {
	File   string `yaml:"file"`   // GeoJSON, in the projection that it declares
	Code   string `yaml:"code"`   // property that holds the commune's INSEE code; default code
	Source string `yaml:"source"` // whose contours they are, and of which year
}

// contours checks the outlines and fills the default.
func (p place) contours(c *Contours) {
	if c.File == "" {
		if c.Code != "" || c.Source != "" {
			p.at("file").required(c.File)
		}
		return
	}
	p.at("source").required(c.Source)
	if c.Code == "" {
		c.Code = "code"
	}
}
