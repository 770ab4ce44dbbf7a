package configs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownSite writes a site that reads a meter by a template of its own, and
// returns what the check says.
func ownSite(t *testing.T, templates map[string]string) (*Agent, error) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range templates {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(folder, "site", "agent.yaml")
	if err := os.Mkdir(filepath.Dir(config), 0o700); err != nil {
		t.Fatal(err)
	}
	text := `site: {id: a, name: A, data: measured}
collector: {url: "http://127.0.0.1:8086"}
templates: ..
points: [{id: it, name: IT, role: it}]
modbus:
  - address: 192.0.2.1:502
    devices: [{unit: 1, template: ours, point: it, max_words: 8}]
`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return LoadAgent(config)
}

const ownTemplate = `id: ours
maker: Maker
confidence: one-source
sources: [the meter's own manual]
registers:
  - {name: power, address: 10, type: f32, unit: kW, kind: electric_power, source: page 3}
`

func TestASiteHasTemplatesOfItsOwn(t *testing.T) {
	a, err := ownSite(t, map[string]string{"ours.yaml": ownTemplate})
	if err != nil {
		t.Fatal(err)
	}
	all, err := a.AllTemplates()
	if err != nil || all["ours"].Registers[0].Address != 10 || all["abb-b23"].Maker != "ABB" {
		t.Errorf("%+v, %v", all["ours"], err)
	}
}

// What is wrong with a template is said with its own file and line, at once
// with the rest.
func TestAWrongTemplateIsSaidWithItsLine(t *testing.T) {
	for want, templates := range map[string]map[string]string{
		`ours.yaml:6: unknown type "f33"`:                     {"ours.yaml": strings.Replace(ownTemplate, "f32", "f33", 1)},
		"ours.yaml:6: power ends behind the last address":     {"ours.yaml": strings.Replace(ownTemplate, "10", "65535", 1)},
		`ours.yaml:6: unit "kWh" does not fit electric_power`: {"ours.yaml": strings.Replace(ownTemplate, "kW,", "kWh,", 1)},
		"ours.yaml:6: power would always be 0":                {"ours.yaml": strings.Replace(ownTemplate, "f32,", "f32, scale: 0,", 1)},
		"ours.yaml:7: model takes 9 words":                    {"ours.yaml": ownTemplate + "  - {name: model, address: 20, type: text, words: 9, source: page 4}\nmax_words: 8\n"},
		"agent.yaml:7: model of ours takes 9 words":           {"ours.yaml": ownTemplate + "  - {name: model, address: 20, type: text, words: 9, source: page 4}\n"},
		"agent.yaml:3: no device templates stand in":          {},
		"are both called ours":                                {"a.yaml": ownTemplate, "b.yaml": ownTemplate},
	} {
		_, err := ownSite(t, templates)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
		}
		if len(templates) > 0 && strings.Contains(err.Error(), "unknown template") {
			t.Errorf("a template that is there, with faults, is called unknown: %v", err)
		}
	}
}
