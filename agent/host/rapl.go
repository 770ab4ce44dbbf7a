package host

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// rapl sums the processors' energy counters: packages, and memory beside
// them. Cores and graphics lie within a package, and psys around it, so they
// are left out. Power supply, fans, disks and network are in none.
type rapl struct {
	zones []zone
	total float64 // J, since the sum began
	at    time.Time
}

// zone is one counter in µJ, which begins again at 0 after span.
type zone struct {
	folder     string
	span, last uint64
}

// mostWatts is more than any package draws. What grows faster is a counter
// that began anew, and a pause in which it could have come round twice at
// this power says nothing.
const mostWatts = 1000

// openRAPL finds the counters; they are read in read.
func openRAPL(sys string) (*rapl, error) {
	folders, err := filepath.Glob(filepath.Join(sys, "class/powercap/intel-rapl:*"))
	if err != nil {
		return nil, fmt.Errorf("energy counters under %s: %w", sys, err)
	}
	r := &rapl{}
	for _, folder := range folders {
		name, err := readText(filepath.Join(folder, "name"))
		if err != nil || !strings.HasPrefix(name, "package-") && name != "dram" {
			continue
		}
		span, err := readCount(filepath.Join(folder, "max_energy_range_uj"))
		if err != nil || span == 0 {
			return nil, errors.Join(fmt.Errorf("energy counter %s has no range", folder), err)
		}
		r.zones = append(r.zones, zone{folder: folder, span: span})
	}
	if len(r.zones) == 0 {
		return nil, fmt.Errorf("no energy counters under %s", sys)
	}
	return r, nil
}

// read returns the energy counted since the sum began, in J. Where nobody can
// know what was counted, the sum begins anew at 0, which a builder takes for
// what it is: a reset.
func (r *rapl) read(now time.Time) (joules float64, err error) {
	counts := make([]uint64, len(r.zones))
	for i, z := range r.zones {
		if counts[i], err = readCount(filepath.Join(z.folder, "energy_uj")); err != nil {
			return 0, fmt.Errorf("energy counter: %w (only root may read it: see the unit's drop-in for RAPL)", err)
		}
	}
	grown, known := r.growth(counts, now)
	if !known {
		r.total = 0
	}
	r.total += grown
	for i := range r.zones {
		r.zones[i].last = counts[i]
	}
	r.at = now
	return r.total, nil
}

// growth is what all counters gained since the last reading, in J.
func (r *rapl) growth(counts []uint64, now time.Time) (joules float64, known bool) {
	passed := now.Sub(r.at).Seconds()
	if r.at.IsZero() || passed <= 0 {
		return 0, false
	}
	for i, z := range r.zones {
		gained := counts[i] - z.last
		if counts[i] < z.last {
			gained = z.span - z.last + counts[i]
		}
		grew := float64(gained) / 1e6
		if passed*mostWatts > float64(z.span)/1e6 || grew > passed*mostWatts {
			return 0, false
		}
		joules += grew
	}
	return joules, true
}

// covers names what is counted, for a person.
func (r *rapl) covers() (names []string) {
	for _, z := range r.zones {
		name, _ := readText(filepath.Join(z.folder, "name"))
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
