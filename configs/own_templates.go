package configs

import (
	"errors"
	"maps"
	"path/filepath"
)

// AllTemplates returns the device templates that the site can use, by id:
// those that come with Thermie, and those in its own folder, which take the
// place of ours.
func (a *Agent) AllTemplates() (map[string]Template, error) {
	ours, err := Templates()
	if err != nil || len(a.own) == 0 {
		return ours, err
	}
	all := maps.Clone(ours)
	maps.Copy(all, a.own)
	return all, nil
}

// ownTemplates reads the site's own device templates. The faults of each file
// stand with those of the configuration.
func (c *checker) ownTemplates(a *Agent) {
	if a.Templates == "" {
		return
	}
	p, folder := c.at("templates"), besides(c.doc.file, a.Templates)
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) == 0 {
		p.fault("name a folder with a YAML file for each device model, as configs/meters has them", "no device templates stand in %s", folder)
		return
	}
	a.own = map[string]Template{}
	first := map[string]string{}
	for _, file := range files {
		data, err := readFile(file)
		if err != nil {
			p.fault("", "%v", err)
			continue
		}
		t, err := DecodeTemplate(file, data)
		var faults Faults
		if errors.As(err, &faults) {
			c.faults, c.ownBad = append(c.faults, faults...), true
			continue
		}
		if other, twice := first[t.ID]; twice {
			p.fault("keep one of them", "%s and %s are both called %s", other, file, t.ID)
		}
		first[t.ID], a.own[t.ID] = file, *t
	}
}
