package configs

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"thermie/interval"
)

// Standard uncertainties of what a machine tells of itself, in percent (k=1),
// where the point states none. They have no source: they are wide, because
// the energy counters leave out power supply, fans, disks and network.
const (
	raplPercent  = 50
	hwmonPercent = 20
)

// host checks the machine's own sensors, fills their defaults, and makes its
// point an estimate.
func (c *checker) host(a *Agent, feeds feeds) {
	if a.Host == nil {
		return
	}
	h, p := a.Host, c.at("host")
	p.at("period").duration(&h.Period, 10*time.Second, time.Minute)
	if h.Sys == "" {
		h.Sys = "/sys"
	}
	if a.Stepped != nil {
		p.fault("leave one of them out", "this machine's sensors know nothing of stepped time")
	}
	for _, s := range h.named() {
		if chip, name, _ := strings.Cut(s.sensor, "/"); chip == "" || !strings.HasPrefix(name, s.begins) || strings.Contains(name, "/") {
			p.at(s.key).fault(fmt.Sprintf("write chip/%s1, chip being what its file \"name\" under class/hwmon says", s.begins), "%q is no such sensor", s.sensor)
		}
	}
	if h.RAPL && h.Power != "" {
		p.at("rapl").fault("keep power_sensor: where it is the whole machine's", "the machine's energy has two sources")
	}
	if !p.at("point").knownPoint(a, h.Point) {
		return
	}
	for _, kind := range h.Kinds() {
		feeds.add(p.at("point"), h.Point, kind)
	}
	i := slices.IndexFunc(a.Points, func(point Point) bool { return point.ID == h.Point })
	c.at("points", i).estimate(&a.Points[i], *h)
}

// namedSensor is a sensor that the configuration names.
type namedSensor struct{ key, sensor, begins string }

func (h Host) named() (all []namedSensor) {
	if h.Power != "" {
		all = append(all, namedSensor{"power_sensor", h.Power, "power"})
	}
	if h.Temperature != "" {
		all = append(all, namedSensor{"temperature_sensor", h.Temperature, "temp"})
	}
	return all
}

// Kinds lists what the machine is asked for.
func (h Host) Kinds() []interval.Kind {
	kinds := []interval.Kind{interval.ProcessorShare, interval.MemoryShare}
	if h.RAPL {
		kinds = append(kinds, interval.ElectricEnergy)
	}
	if h.Power != "" {
		kinds = append(kinds, interval.ElectricPower)
	}
	if h.Temperature != "" {
		kinds = append(kinds, interval.ComponentTemperature)
	}
	return kinds
}

// estimate says on the point's card that nobody measured it.
func (p place) estimate(point *Point, h Host) {
	if point.Class != "" {
		p.at("class").fault("write u_declared_percent, or leave it out", "what a machine tells of itself has no accuracy class")
	}
	if point.Role != interval.RoleIT {
		p.at("role").fault("write role: it", "a machine's own sensors tell of IT equipment, not of %s", point.Role)
	}
	if p.at("data").written() {
		p.at("data").fault("leave it out", "what a machine tells of itself is estimated")
	}
	point.Data = interval.EstimatedData
	if point.Origin == "" {
		point.Origin = h.origin()
	}
	if point.Template == "" {
		point.Template = "host"
	}
	if point.DeclaredPct == nil && (h.RAPL || h.Power != "") {
		wide := float64(hwmonPercent)
		if h.RAPL {
			wide = raplPercent
		}
		point.DeclaredPct = &wide
	}
}

// origin is the card's word for a reader.
func (h Host) origin() string {
	switch {
	case h.RAPL:
		return "host estimate, not measured: energy counters of processor packages and memory (RAPL), not of the whole machine"
	case h.Power != "":
		return "host estimate, not measured by a meter: the machine's own sensor " + h.Power
	}
	return "host estimate: load and temperatures of one machine, no power"
}

// sensors checks that what is asked for is there.
func (p place) sensors(h Host) {
	for _, s := range h.named() {
		if _, err := HostSensor(h.Sys, s.sensor); err != nil {
			p.at(s.key).fault("", "%v", err)
		}
	}
	if !h.RAPL {
		return
	}
	zones, _ := filepath.Glob(filepath.Join(h.Sys, "class/powercap/intel-rapl:*/energy_uj"))
	if len(zones) == 0 {
		p.at("rapl").fault("leave it out: this processor has no such counters, or its module intel_rapl_msr is not loaded", "no energy counters under %s", h.Sys)
		return
	}
	if f, err := os.Open(zones[0]); err != nil {
		p.at("rapl").fault("only root may read them; see the drop-in thermie-agent-rapl.conf", "%v", err)
	} else {
		f.Close()
	}
}

// HostSensor finds the file of a sensor named chip/sensor, such as
// coretemp/temp1, among the chips of hwmon, whose numbers change from one
// start to the next. The error lists those that are there.
func HostSensor(sys, sensor string) (file string, err error) {
	chip, name, _ := strings.Cut(sensor, "/")
	inputs, err := filepath.Glob(filepath.Join(sys, "class/hwmon/hwmon*/*_input"))
	if err != nil {
		return "", fmt.Errorf("sensors under %s: %w", sys, err)
	}
	averages, _ := filepath.Glob(filepath.Join(sys, "class/hwmon/hwmon*/*_average"))
	var there []string
	for _, file := range append(inputs, averages...) {
		said, err := os.ReadFile(filepath.Join(filepath.Dir(file), "name"))
		if err != nil {
			continue
		}
		own, _, _ := strings.Cut(filepath.Base(file), "_")
		its := strings.TrimSpace(string(said))
		if its == chip && own == name {
			return file, nil
		}
		there = append(there, its+"/"+own)
	}
	return "", fmt.Errorf("no sensor %s under %s: there are %v", sensor, sys, there)
}
