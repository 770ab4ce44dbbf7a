package probe

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"thermie/configs"
	"thermie/interval"
)

// usualUnits stand where only the meter's display tells, to be confirmed.
var usualUnits = map[string]string{"J": "kWh", "W": "kW", "m3": "m3", "m3/s": "m3/h", "K": "°C", "1": `"%"`}

// Propose writes a configuration with the units that were found, which `thermie
// check` accepts. What nobody can know from a line is marked to be confirmed.
func Propose(w io.Writer, s Scan, found []Found, templates map[string]configs.Template) error {
	var text strings.Builder
	text.WriteString("# Proposed by `thermie probe -scan`. Nothing here is confirmed: names, roles and\n" +
		"# circuits are yours to write, and `thermie probe -physics` tells whether the\n# registers mean what the templates say.\n" +
		"site:\n  id: my-site\n  name: My site\n  data: measured\n")
	proposeCircuits(&text, found, templates)
	text.WriteString("collector:\n  url: https://collector.example.org # where the intervals go\n")
	proposePoints(&text, found, templates)
	proposeLines(&text, s, found, templates)
	for _, f := range found {
		if f.Template == "" {
			fmt.Fprintf(&text, "# Unit %d on %s answers%s, and no template fits.\n", f.Unit, f.Address, saying(f))
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// saying is what a unit says of itself, on one line.
func saying(f Found) string {
	if who := f.Identity.String(); who != "" {
		return "; it says " + strconv.Quote(who)
	}
	return ""
}

// pointOf is the id of a unit's metering point: by line where there are
// several.
func pointOf(f Found, found []Found) string {
	var lines []string
	for _, other := range found {
		if !slices.Contains(lines, other.Address) {
			lines = append(lines, other.Address)
		}
	}
	if len(lines) == 1 {
		return fmt.Sprintf("unit-%d", f.Unit)
	}
	return fmt.Sprintf("line-%d-unit-%d", 1+slices.Index(lines, f.Address), f.Unit)
}

// measures reports whether a template has a register of a kind.
func measures(t configs.Template, kinds ...interval.Kind) bool {
	for _, r := range t.Registers {
		for _, kind := range kinds {
			if r.Kind == kind {
				return true
			}
		}
	}
	return false
}

func measuresHeat(t configs.Template) bool {
	return measures(t, interval.ThermalEnergy, interval.ThermalPower)
}

func proposeCircuits(text *strings.Builder, found []Found, templates map[string]configs.Template) {
	first := true
	for _, f := range found {
		if f.Template == "" || !measuresHeat(templates[f.Template]) {
			continue
		}
		if first {
			text.WriteString("  circuits: # confirm the medium, the side of the flow meter and the tap\n")
			first = false
		}
		fmt.Fprintf(text, "    - {id: %s, medium: water, flow_meter_side: return, tap: chilled_water_return}\n", pointOf(f, found))
	}
}

func proposePoints(text *strings.Builder, found []Found, templates map[string]configs.Template) {
	first := true
	for _, f := range found {
		t := templates[f.Template]
		if f.Template == "" {
			continue
		}
		if first {
			text.WriteString("points: # say what each measures, and its role: dc_total, it, cooling, power_chain, auxiliary, heat_source, heat_handover, climate, water\n")
			first = false
		}
		role, circuit := interval.RoleAuxiliary, ""
		switch {
		case measuresHeat(t):
			role, circuit = interval.RoleHeat, ", circuit: "+pointOf(f, found)
		case !measures(t, interval.ElectricEnergy, interval.ElectricPower):
			role = interval.RoleClimate
		}
		fmt.Fprintf(text, "  - {id: %s, name: %s, role: %s%s}\n", pointOf(f, found), strconv.Quote(fmt.Sprintf("%s, unit %d", t.Maker, f.Unit)), role, circuit)
	}
}

func proposeLines(text *strings.Builder, s Scan, found []Found, templates map[string]configs.Template) {
	first := true
	for _, line := range s.Lines {
		var devices strings.Builder
		for _, f := range found {
			if f.Address == line.Address && f.Template != "" {
				proposeDevice(&devices, f, pointOf(f, found), templates[f.Template])
			}
		}
		if devices.Len() == 0 {
			continue
		}
		if first {
			text.WriteString("modbus:\n")
			first = false
		}
		fmt.Fprintf(text, "  - address: %q\n    link: %s\n", line.Address, line.Link)
		if line.SoleMaster {
			text.WriteString("    sole_master: true\n")
		}
		if line.Link == configs.LinkRTU {
			fmt.Fprintf(text, "    serial: {baud: %d, mode: %s}\n", line.Serial.Baud, line.Serial.Mode)
		}
		if line.Link == configs.LinkTLS {
			fmt.Fprintf(text, "    tls: {certificate: %q, key: %q, ca: %q, server_name: %q}\n", line.TLS.Certificate, line.TLS.Key, line.TLS.CA, line.TLS.ServerName)
		}
		text.WriteString("    devices:\n" + devices.String())
	}
}

func proposeDevice(text *strings.Builder, f Found, point string, t configs.Template) {
	fmt.Fprintf(text, "      # by %s%s; the map is %s\n", f.By, saying(f), t.Confidence)
	if len(f.Also) > 0 {
		fmt.Fprintf(text, "      # as well fit: %s\n", strings.Join(f.Also, ", "))
	}
	fmt.Fprintf(text, "      - unit: %d\n        template: %s\n        point: %s\n", f.Unit, f.Template, point)
	var units []string
	for _, r := range t.Registers {
		if nature, known := r.Kind.Nature(); known && r.Unit == "" && r.UnitFrom == nil {
			units = append(units, r.Name+": "+usualUnits[nature.ReadingUnit])
		}
	}
	if len(units) > 0 {
		fmt.Fprintf(text, "        units: {%s} # confirm on the meter's display\n", strings.Join(units, ", "))
	}
}
