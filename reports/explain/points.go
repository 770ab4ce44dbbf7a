package explain

import (
	"slices"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
)

// Point is a metering point with what was installed there, and what was read.
type Point struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Role     string    `json:"role"`
	Under    string    `json:"under,omitempty"`
	Circuit  string    `json:"circuit,omitempty"`
	Data     string    `json:"data"`
	Origin   string    `json:"origin,omitempty"`
	Cards    []Card    `json:"cards"`
	Template *Template `json:"template,omitempty"`
	Read     []Reading `json:"read"`
}

// Card is one version of a point's description.
type Card struct {
	ValidFrom time.Time `json:"valid_from"` // the zero of Unix time: since ever
	Rev       int32     `json:"rev"`
	Device    string    `json:"device,omitempty"`
	Serial    string    `json:"serial,omitempty"`
	Template  string    `json:"template,omitempty"`
	Class     string    `json:"class,omitempty"`
	Declared  *float64  `json:"u_declared_percent,omitempty"`
}

// Template is the device's description, with the registers behind the point.
type Template struct {
	ID         string     `json:"id"`
	Maker      string     `json:"maker"`
	Models     []string   `json:"models"`
	Revision   int        `json:"revision"`
	Confidence string     `json:"confidence"`
	Registers  []Register `json:"registers"`
}

// Register is one register that is read and integrated.
type Register struct {
	Name     string  `json:"name"`
	Address  uint16  `json:"address"`
	Function uint8   `json:"function"`
	Type     string  `json:"type"`
	Scale    float64 `json:"scale"`
	Unit     string  `json:"unit"`
	Kind     string  `json:"kind"`
	Source   string  `json:"source"`
	Second   string  `json:"second_source,omitempty"`
}

// points follows the points of a site that play one of the roles, nil for all.
func (l *Library) points(s *reports.SiteResult, records []interval.Record, roles []interval.Role) []Point {
	var points []Point
	for _, c := range reports.LatestPoints(s.Cards) {
		if roles != nil && !slices.Contains(roles, c.Point.Role) {
			continue
		}
		p := Point{ID: c.Meter, Name: c.Point.Name, Role: l.words.Name("roles", string(c.Point.Role)), Under: c.Point.Under, Circuit: c.Point.Circuit,
			Data: l.words.Name("data", string(c.Point.Data)), Origin: c.Point.Origin, Cards: versions(s.Cards, c.Meter)}
		p.Read = l.readings(s, records, c.Meter)
		p.Template = l.template(c.Point.Template, p.Read)
		points = append(points, p)
	}
	return points
}

// versions are the cards of a point, the oldest first.
func versions(cards []interval.Card, meter string) (all []Card) {
	for _, c := range cards {
		if c.Meter == meter && c.Point != nil {
			all = append(all, Card{ValidFrom: time.Unix(c.ValidFrom, 0).UTC(), Rev: c.Rev, Device: c.Point.Device, Serial: c.Point.Serial,
				Template: c.Point.Template, Class: c.Point.Class, Declared: c.Point.DeclaredPct})
		}
	}
	slices.SortStableFunc(all, func(a, b Card) int { return a.ValidFrom.Compare(b.ValidFrom) })
	return all
}

// template is the one of that id, with the registers of the kinds that were
// read; nil for a point without one of the program's.
func (l *Library) template(id string, read []Reading) *Template {
	t, known := l.templates[id]
	if !known {
		return nil
	}
	out := &Template{ID: t.ID, Maker: t.Maker, Models: t.Models, Revision: t.Revision, Confidence: t.Confidence}
	for _, r := range t.Registers {
		if r.Kind != "" && slices.ContainsFunc(read, func(k Reading) bool { return k.Kind == string(r.Kind) }) {
			out.Registers = append(out.Registers, register(r))
		}
	}
	return out
}

func register(r configs.Register) Register {
	return Register{Name: r.Name, Address: r.Address, Function: r.Function, Type: r.Type, Scale: r.Scale, Unit: r.Unit,
		Kind: string(r.Kind), Source: r.Source, Second: r.Second}
}
