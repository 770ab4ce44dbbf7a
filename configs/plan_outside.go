package configs

import (
	"strings"
	"time"
)

// Outside is a table of figures that anyone can read elsewhere: what the
// transmission grid delivers to a point, local energy data by IRIS, public
// declarations, earlier years. What is published is attacked with them.
type Outside struct {
	File   string `yaml:"file"`   // CSV, see reports.ReadOutside
	Source string `yaml:"source"` // who publishes it, and where
	Date   string `yaml:"date"`   // of the publication, 2006-01-02
}

// Publication is what an operator publishes of a site itself, as C. énergie
// L. 236-1 asks of those from 500 kW: those fields are no secret.
type Publication struct {
	Site   string   `yaml:"site"`
	Fields []string `yaml:"fields"` // by the words of the collector's rights
	Page   string   `yaml:"page"`   // its address
	Date   string   `yaml:"date"`   // on which it was read, 2006-01-02
}

// publicFields are the fields that a page can make public.
var publicFields = []string{"name", "location", "it_power", "heat", "temperature", "electricity"}

func (p place) outside(o Outside) {
	p.at("file").required(o.File)
	p.at("source").required(o.Source)
	p.at("date").day(o.Date)
}

func (p place) publication(pub Publication) {
	p.at("site").required(pub.Site)
	if len(pub.Fields) == 0 {
		p.at("fields").fault("one or more of "+strings.Join(publicFields, ", "), "fields is missing")
	}
	for i, f := range pub.Fields {
		p.at("fields", i).oneOf(f, publicFields)
	}
	if !strings.HasPrefix(pub.Page, "https://") && !strings.HasPrefix(pub.Page, "http://") {
		p.at("page").fault("https://…", "page: %q is not the address of a page", pub.Page)
	}
	p.at("date").day(pub.Date)
}

// day wants a day.
func (p place) day(text string) {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		p.fault("year-month-day, such as 2026-07-01", "%q is not a day", text)
	}
}
