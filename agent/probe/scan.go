package probe

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"thermie/agent/modbus"
	"thermie/configs"
)

// Scan is a search for devices: which lines, and which unit ids there.
type Scan struct {
	Lines []configs.Line
	Units []uint8
}

// Found is a unit that answered.
type Found struct {
	Address  string          `json:"address"`
	Unit     uint8           `json:"unit"`
	Identity modbus.Identity `json:"identity"`
	Template string          `json:"template,omitempty"` // the proposed one; empty: none fits
	By       string          `json:"by,omitempty"`       // what it was proposed by
	Also     []string        `json:"also,omitempty"`     // templates that fit as well
}

// identityRequests is the most that a unit is asked to find out who it is.
const identityRequests = modbus.MostIdentityRequests + 3

// Announce says what a scan will ask, of what and for how long, before it
// begins.
func (s Scan) Announce(w io.Writer, templates map[string]configs.Template) {
	for _, line := range s.Lines {
		units := s.unitsOf(line)
		each := time.Duration(float64(time.Second) / line.MaxRequests)
		absent := max(each, time.Duration(line.Timeout))
		if onBus(line) {
			absent += time.Duration(line.Timeout) // a late answer is let pass by
		}
		fmt.Fprintf(w, "On %s (%s), at most %g a second:\n", line.Address, line.Link, line.MaxRequests)
		fmt.Fprintf(w, "  %d unit ids are asked for one holding register (function 3 at 1): up to %s\n", len(units), time.Duration(len(units))*absent)
		fmt.Fprintf(w, "  each that answers is asked who it is (functions 43/14 and 17, and the registers 50000 to 50065), at most %d requests: %s\n",
			identityRequests, identityRequests*each)
		most := 0
		for _, t := range templates {
			most += modbus.Tries(t, judged(t))
		}
		fmt.Fprintf(w, "  and where that names no template, the registers of %d templates (functions 3 and 4), at most %d requests: %s\n",
			len(templates), most, time.Duration(most)*each)
	}
	fmt.Fprintln(w, "Nothing is written. Meanwhile the plant's own master may wait a little longer for its answers.")
}

// unitsOf are the units to ask on a line: not those that are configured, and
// not all at once, which is what 0 means on a bus.
func (s Scan) unitsOf(line configs.Line) []uint8 {
	return slices.DeleteFunc(slices.Clone(s.Units), func(unit uint8) bool {
		return unit == 0 && onBus(line) || slices.ContainsFunc(line.Devices, func(d configs.Device) bool { return d.Unit == unit })
	})
}

func onBus(line configs.Line) bool {
	return line.Link == configs.LinkRTU || line.Link == configs.LinkRTUOverTCP
}

// Run searches the lines one after the other. A line that cannot be reached
// ends the search there; what was found before is returned with the error.
func (s Scan) Run(ctx context.Context, templates map[string]configs.Template, progress io.Writer) (all []Found, err error) {
	for _, line := range s.Lines {
		link := modbus.OpenToScan(ctx, line)
		units := s.unitsOf(line)
		for i, number := range units {
			fmt.Fprintf(progress, "%s: unit %d, %d of %d, %d found\n", line.Address, number, i+1, len(units), len(all))
			unit := link.Unit(number, time.Duration(line.Timeout), 0)
			present, err := unit.Present()
			if err != nil {
				return all, fmt.Errorf("scanning %s: %w", line.Address, err)
			}
			if present {
				all = append(all, lookAt(unit, Found{Address: line.Address, Unit: number}, templates))
			}
			if err := ctx.Err(); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

// lookAt finds out what a unit is.
func lookAt(unit modbus.Unit, f Found, templates map[string]configs.Template) Found {
	f.Identity, _ = unit.Identify() // silence is an identity too: none
	named := byName(f.Identity, templates)
	if len(named) == 0 {
		if who := socomec(unit); who != (modbus.Identity{}) {
			f.Identity, named = who, byName(who, templates)
		}
	}
	tried := named
	if len(tried) == 0 {
		tried = byMaker(f.Identity.Maker, templates)
	}
	fit := fitting(unit, templates, tried)
	switch {
	case len(fit) > 0:
		f.Template, f.Also, f.By = fit[0], fit[1:], "its values"
		if len(named) > 0 {
			f.By = "its name and its values"
		}
	case len(named) > 0:
		f.Template, f.Also, f.By = named[0], named[1:], "its name alone: values are missing, or cannot be"
	}
	return f
}

// socomecRegisters are where devices of that maker say who they are.
var socomecRegisters = []configs.Register{
	{Name: "maker", Address: 50000, Function: 3, Type: configs.TypeUTF16, Length: 4},
	{Name: "product", Address: 50050, Function: 3, Type: configs.TypeText, Length: 8},
	{Name: "model", Address: 50058, Function: 3, Type: configs.TypeText, Length: 8},
}

// socomec reads the identity that devices of that maker keep in registers.
func socomec(unit modbus.Unit) modbus.Identity {
	said := map[string]string{}
	for _, r := range socomecRegisters { // one by one: the names were added later
		answers, _ := unit.Try(configs.Template{MaxWords: 125}, []configs.Register{r}) // a refusal is no maker
		text, _ := modbus.DecodeText(answers[r.Name].Raw, r)
		if text == "" && r.Type == configs.TypeText {
			r.Type = configs.TypeUTF16
			text, _ = modbus.DecodeText(answers[r.Name].Raw, r)
		}
		said[r.Name] = text
		if said["maker"] != "SOCO" {
			return modbus.Identity{}
		}
	}
	return modbus.Identity{Maker: "Socomec", Product: said["product"], Model: said["model"]}
}
