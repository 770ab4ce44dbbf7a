package configs

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"thermie/interval"
)

// seed gives the examples of a kind and the sample as a start.
func seed(f *testing.F, patterns ...string) {
	f.Helper()
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
}

// saidWell fails unless err is nil or a list of faults with file and words.
func saidWell(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var faults Faults
	if !errors.As(err, &faults) || len(faults) == 0 {
		t.Fatalf("%T: %v", err, err)
	}
	for _, f := range faults {
		if f.File == "" || f.Message == "" || f.Line < 0 {
			t.Errorf("a fault that says too little: %#v", f)
		}
	}
}

func FuzzDecodeAgent(f *testing.F) {
	seed(f, "agent.yaml", "testdata/agent-*.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := DecodeAgent("agent.yaml", data)
		saidWell(t, err)
		if err != nil {
			return
		}
		if !interval.ValidID(a.Site.ID) || a.Interval <= 0 {
			t.Errorf("taken as good: site %q, interval %s", a.Site.ID, a.Interval)
		}
		for _, p := range a.Points {
			if !interval.ValidID(p.ID) || p.Data == "" {
				t.Errorf("taken as good: point %q with data %q", p.ID, p.Data)
			}
		}
	})
}

func FuzzDecodeTemplate(f *testing.F) {
	seed(f, "meters/*.yaml", "testdata/template-*.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		template, err := DecodeTemplate("template.yaml", data)
		saidWell(t, err)
		if err != nil {
			return
		}
		for _, r := range template.Registers {
			if r.Words() == 0 || r.Scale == 0 || r.Function < 1 || r.Function > 4 || r.Function < 3 && r.Type != TypeBit {
				t.Errorf("taken as good: %+v", r)
			}
		}
	})
}

func FuzzDecodeCSVMap(f *testing.F) {
	seed(f, "testdata/csvmap-*.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := DecodeCSVMap("map.yaml", data, exampleAgent())
		saidWell(t, err)
		if err != nil {
			return
		}
		if _, err := m.Location(); err != nil {
			t.Error(err)
		}
	})
}

func FuzzDecodeCollector(f *testing.F) {
	seed(f, "collector.yaml", "testdata/collector-*.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := DecodeCollector("collector.yaml", data)
		saidWell(t, err)
	})
}
