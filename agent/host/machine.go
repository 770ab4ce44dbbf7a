package host

import (
	"errors"
	"fmt"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// Machine is what is read of this machine. It is not safe for concurrent use.
type Machine struct {
	cfg        configs.Host
	processors processors
	energy     *rapl // nil until its counters are found
}

// Open readies the machine's sensors; nothing is read yet. What is not there
// is said at each reading, and the rest read all the same.
func Open(cfg configs.Host) *Machine { return &Machine{cfg: cfg} }

// Read asks every sensor once. The error tells which failed; the readings of
// the others are good.
func (m *Machine) Read(now time.Time) (readings []interval.Reading, err error) {
	var faults []error
	add := func(kind interval.Kind, si float64, err error) {
		if err != nil {
			faults = append(faults, err)
			return
		}
		readings = append(readings, interval.Reading{Meter: m.cfg.Point, Kind: kind, At: now, SI: si})
	}
	if share, ok, err := m.busy(); ok || err != nil {
		add(interval.ProcessorShare, share, err)
	}
	share, err := memoryShare()
	add(interval.MemoryShare, share, err)
	if m.cfg.RAPL {
		joules, err := m.counted(now)
		add(interval.ElectricEnergy, joules, err)
	}
	if m.cfg.Power != "" {
		watts, err := m.sensor(m.cfg.Power, 1e6)
		add(interval.ElectricPower, watts, err)
	}
	if m.cfg.Temperature != "" {
		celsius, err := m.sensor(m.cfg.Temperature, 1e3)
		add(interval.ComponentTemperature, float64(interval.Celsius(celsius)), err)
	}
	return readings, errors.Join(faults...)
}

// busy is the processors' share of busy time since the last reading.
func (m *Machine) busy() (share float64, ok bool, err error) {
	stat, err := readLine("/proc/stat")
	if err != nil {
		return 0, false, fmt.Errorf("processors' times: %w", err)
	}
	return m.processors.share(stat)
}

// counted reads the energy counters, and looks for them until they are there.
func (m *Machine) counted(now time.Time) (joules float64, err error) {
	if m.energy == nil {
		if m.energy, err = openRAPL(m.cfg.Sys); err != nil {
			return 0, err
		}
	}
	return m.energy.read(now)
}

// sensor reads a sensor of hwmon by its lasting name.
func (m *Machine) sensor(name string, scale float64) (float64, error) {
	file, err := configs.HostSensor(m.cfg.Sys, name)
	if err != nil {
		return 0, err
	}
	n, err := readScaled(file, scale)
	if err != nil {
		return 0, fmt.Errorf("sensor %s: %w", name, err)
	}
	return n, nil
}

// Describe says what is read and what it does not cover, for a person.
func (m *Machine) Describe() string {
	text := "host estimate, not measured: load and memory of this machine"
	switch {
	case m.cfg.RAPL:
		text += ", energy of its " + m.parts()
	case m.cfg.Power != "":
		text += ", power as " + m.cfg.Power + " says"
	}
	if m.cfg.Temperature != "" {
		text += ", temperature " + m.cfg.Temperature
	}
	return text
}

// parts names what the energy counters cover on this machine.
func (m *Machine) parts() string {
	r, err := openRAPL(m.cfg.Sys)
	if err != nil {
		return fmt.Sprintf("processors (%v)", err)
	}
	return fmt.Sprintf("%v alone, without power supply, fans, disks and network", r.covers())
}
