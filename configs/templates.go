package configs

import (
	"embed"
	"fmt"
	"math"
	"path"
	"strings"
	"sync"
)

//go:embed meters/*.yaml
var meters embed.FS

// Templates returns the device templates that come with Thermie, by id,
// with every default filled in.
func Templates() (map[string]Template, error) { return loadTemplates() }

var loadTemplates = sync.OnceValues(func() (map[string]Template, error) {
	files, err := meters.ReadDir("meters")
	if err != nil {
		return nil, fmt.Errorf("device templates: %w", err)
	}
	all := make(map[string]Template, len(files))
	for _, f := range files {
		file := path.Join("meters", f.Name())
		data, err := meters.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("device templates: %w", err)
		}
		t, err := DecodeTemplate(file, data)
		if err != nil {
			return nil, err
		}
		if t.ID+".yaml" != f.Name() {
			return nil, Faults{{File: file, Line: 1, Message: "the id " + t.ID + " is not the file's name"}}
		}
		all[t.ID] = *t
	}
	return all, nil
})

// DecodeTemplate reads and checks one device template.
func DecodeTemplate(file string, data []byte) (*Template, error) {
	t := &Template{Function: 3, WordOrder: "big", ByteOrder: "big", MaxWords: 125}
	doc, faults := decode(file, data, t)
	c := newChecker(doc, faults)
	if err := c.run(func() { c.fill(t); c.template(t) }); err != nil {
		return nil, err
	}
	return t, nil
}

// fill gives each register what it takes from the template.
func (c *checker) fill(t *Template) {
	for i := range t.Registers {
		r := &t.Registers[i]
		if r.Function == 0 {
			r.Function = t.Function
		}
		if r.WordOrder == "" {
			r.WordOrder = t.WordOrder
		}
		if r.ByteOrder == "" {
			r.ByteOrder = t.ByteOrder
		}
		if !c.at("registers", i, "scale").written() {
			r.Scale = 1
		}
	}
}

// Words returns the number of 16-bit registers that the value takes, 0 for
// an unknown type.
func (r Register) Words() int {
	if r.IsText() {
		return r.Length
	}
	switch strings.TrimLeft(r.Type, "usf") {
	case "16", TypeBit:
		return 1
	case "32":
		return 2
	case "64":
		return 4
	}
	return 0
}

// Width returns the raw count at which a counter begins again at 0; 0 where
// it is not known or never reached.
func (r Register) Width() float64 {
	switch {
	case r.Rollover > 0:
		return r.Rollover
	case r.Type == "u16", r.Type == "u32":
		return math.Ldexp(1, 16*r.Words())
	}
	return 0
}

// For returns the template for a device that may take shorter requests.
func (t Template) For(d Device) Template {
	if d.MaxWords > 0 {
		t.MaxWords = min(t.MaxWords, d.MaxWords)
	}
	return t
}

// Registers returns the registers of t as they stand in the device d, with
// the units that the device states; where it states none they are t's own.
func (d Device) Registers(t Template) []Register {
	if len(d.Units) == 0 {
		return t.Registers
	}
	registers := append([]Register(nil), t.Registers...)
	for i := range registers {
		if unit, stated := d.Units[registers[i].Name]; stated {
			registers[i].Unit, registers[i].UnitFrom = unit, nil
		}
	}
	return registers
}
