package agent

import (
	"fmt"
	"slices"

	"thermie/agent/modbus"
	"thermie/configs"
	"thermie/interval"
)

// sheet is what a template has a device measure: the registers that are read,
// and the quantities that they make.
type sheet struct {
	template   configs.Template
	wanted     []configs.Register
	quantities []quantity

	// Of the device that was asked last: one comes after the other.
	answers  []modbus.Answer
	readings []interval.Reading
}

// sheets are those of the templates that the devices of a line take as they
// are; a hundred alike devices share one.
type sheets map[string]*sheet

// of returns the sheet of a device.
func (s sheets) of(cfg configs.Device, t configs.Template) (*sheet, error) {
	if on, made := s[t.ID]; made && len(cfg.Units) == 0 {
		return on, nil
	}
	on, err := newSheet(cfg, t)
	if err == nil && len(cfg.Units) == 0 {
		s[t.ID] = on
	}
	return on, err
}

func newSheet(cfg configs.Device, t configs.Template) (*sheet, error) {
	s := &sheet{template: t}
	for _, r := range cfg.Registers(t) {
		if r.Kind != "" {
			s.wanted = append(s.wanted, r)
		}
	}
	for i := range s.wanted {
		r := &s.wanted[i]
		p := part{register: r, answer: i}
		if r.UnitFrom == nil {
			toSI, err := configs.UnitFor(r.Kind, r.Unit)
			if err != nil {
				return nil, fmt.Errorf("template %s, register %s: %w", t.ID, r.Name, err)
			}
			p.toSI = toSI
		}
		s.measure(r.Kind, p)
	}
	return s, nil
}

// measure adds a part to the quantity of its kind.
func (s *sheet) measure(kind interval.Kind, p part) {
	i := slices.IndexFunc(s.quantities, func(q quantity) bool { return q.kind == kind })
	if i < 0 {
		s.quantities = append(s.quantities, quantity{kind, []part{p}})
		return
	}
	s.quantities[i].parts = append(s.quantities[i].parts, p)
}
