package configs

import (
	"maps"
	"slices"
	"strings"
	"time"
)

var (
	links       = []string{LinkTCP, LinkTLS, LinkRTUOverTCP, LinkRTU}
	serialModes = []string{"8N1", "8E1", "8O1", "8N2"}
	baudRates   = []int{1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200}
)

// modbus checks the lines and devices, and fills their defaults.
func (c *checker) modbus(a *Agent, feeds feeds) {
	addresses := map[string]int{}
	for i := range a.Modbus {
		line, p := &a.Modbus[i], c.at("modbus", i)
		p.link(line)
		p.at("address").unique(addresses, line.Address, "address")
		p.at("timeout").duration(&line.Timeout, 2*time.Second, time.Minute)
		p.at("period").duration(&line.Period, 10*time.Second, time.Hour)
		p.at("idle_close").duration(&line.IdleClose, time.Minute, time.Hour)
		if line.MaxRequests == 0 {
			line.MaxRequests = 1
		}
		p.at("max_requests_per_s").between(line.MaxRequests, 0.01, 10000)
		if len(line.Devices) == 0 {
			p.fault("", "no devices stand behind %s", line.Address)
		}
		for j := range line.Devices {
			p.at("devices", j).device(a, line, &line.Devices[j], feeds)
		}
	}
}

// CheckLine checks how a line is reached that was not read from a file, and
// fills its defaults.
func CheckLine(line *Line) error {
	doc, _ := decode("line "+line.Address, nil, line)
	c := newChecker(doc, nil)
	c.at("line").link(line)
	for i := range c.faults {
		c.faults[i].Line = 0 // of no file
	}
	return c.faults.asError()
}

// link checks how a line is reached.
func (p place) link(line *Line) {
	if line.Link == "" {
		line.Link = LinkTCP
	}
	if !p.at("link").oneOf(line.Link, links) {
		return
	}
	if line.Link == LinkRTU {
		p.at("address").port(line.Address)
		p.serial(&line.Serial)
	} else {
		p.at("address").address(line.Address, false)
		p.only(line.Link, "serial", LinkRTU)
	}
	if line.Link == LinkTLS {
		p.at("tls", "certificate").required(line.TLS.Certificate)
		p.at("tls", "key").required(line.TLS.Key)
	} else {
		p.only(line.Link, "tls", LinkTLS)
	}
	if line.onBus() && !line.SoleMaster {
		p.fault("write sole_master: true if the agent is the only one to ask here; a line that a building management system polls is read through a Modbus TCP gateway instead",
			"an RTU line has one master, and %s does not say that the agent is it", line.Address)
	}
	if !line.onBus() {
		p.only(line.Link, "sole_master", LinkRTU+" and "+LinkRTUOverTCP)
	}
}

// onBus reports whether the agent's frames go on a serial bus as they are.
func (l Line) onBus() bool { return l.Link == LinkRTU || l.Link == LinkRTUOverTCP }

// only refuses a key that this sort of link does not have.
func (p place) only(link, key, of string) {
	if p.at(key).written() {
		p.at(key).fault("", "%s has no %s: it belongs to %s", link, key, of)
	}
}

// port checks the name of a serial port.
func (p place) port(value string) {
	if p.required(value) && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "COM") {
		p.fault("write /dev/ttyUSB0, or better its lasting name in /dev/serial/by-id", "%q is not a serial port", value)
	}
}

// serial checks how a serial line is set; the defaults are those of MODBUS
// over Serial Line 1.02, 2.5.1.
func (p place) serial(s *Serial) {
	if s.Baud == 0 {
		s.Baud = 19200
	}
	if s.Mode == "" {
		s.Mode = "8E1"
	}
	if !slices.Contains(baudRates, s.Baud) {
		p.at("serial", "baud").fault("", "%d Bd is not one of %v", s.Baud, baudRates)
	}
	p.at("serial", "mode").oneOf(s.Mode, serialModes)
}

// duration checks a length of time and fills its default.
func (p place) duration(d *Duration, otherwise, most time.Duration) {
	if !p.written() {
		*d = Duration(otherwise)
	}
	if *d <= 0 || time.Duration(*d) > most {
		p.fault("", "%s is %s, not above 0 and at most %s", p.key(), *d, most)
	}
}

// device checks one device of a line, and fills its defaults.
func (p place) device(a *Agent, line *Line, d *Device, feeds feeds) {
	switch {
	case d.Unit > 247 && d.Unit != 255:
		p.at("unit").fault("units are 1 to 247; 0 and 255 address a gateway itself", "%d is not a Modbus unit", d.Unit)
	case line.onBus() && (d.Unit == 0 || d.Unit == 255):
		p.at("unit").fault("units are 1 to 247", "%d is nobody on an RTU line", d.Unit)
	}
	if p.at("timeout").written() {
		p.at("timeout").duration(&d.Timeout, 0, time.Minute)
	}
	if p.at("pause").written() {
		p.at("pause").duration(&d.Pause, 0, time.Minute)
	}
	if p.at("max_words").written() {
		p.at("max_words").between(float64(d.MaxWords), leastWords, mostWords)
	}
	known := p.at("point").knownPoint(a, d.Point)
	templates, err := a.AllTemplates()
	if err != nil {
		p.at("template").fault("", "%v", err)
		return
	}
	if _, there := templates[d.Template]; !there && p.c.ownBad {
		return // its own file says why
	}
	if !p.at("template").oneOf(d.Template, slices.Sorted(maps.Keys(templates))) {
		return
	}
	p.registers(d, templates[d.Template], known, feeds)
}

// registers checks what a device's template feeds.
func (p place) registers(d *Device, t Template, known bool, feeds feeds) {
	p.deviceUnits(*d, t)
	fed := map[string]bool{}
	for _, r := range t.Registers {
		if d.MaxWords >= leastWords && r.Words() > d.MaxWords {
			p.at("max_words").fault("", "%s of %s takes %d words", r.Name, t.ID, r.Words())
		}
		if known && r.Kind != "" && !fed[string(r.Kind)] {
			fed[string(r.Kind)] = true
			feeds.add(p.at("point"), d.Point, r.Kind)
		}
	}
	if len(t.measured()) == 0 {
		p.at("template").fault("only probe shows its registers", "%s measures nothing that can be integrated", t.ID)
	}
}

// measured lists the registers that are integrated.
func (t Template) measured() (registers []Register) {
	for _, r := range t.Registers {
		if r.Kind != "" {
			registers = append(registers, r)
		}
	}
	return registers
}
