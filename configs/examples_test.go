package configs

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the messages of the bad examples")

// decodeExample reads an example by the first word of its name.
func decodeExample(file string, data []byte) error {
	kind, _, _ := strings.Cut(filepath.Base(file), "-")
	var err error
	switch kind {
	case "agent":
		_, err = DecodeAgent(filepath.Base(file), data)
	case "collector":
		_, err = DecodeCollector(filepath.Base(file), data)
	case "csvmap":
		_, err = DecodeCSVMap(filepath.Base(file), data, exampleAgent())
	case "template":
		_, err = DecodeTemplate(filepath.Base(file), data)
	default:
		err = errors.New("no such kind of file: " + kind)
	}
	return err
}

func exampleAgent() *Agent {
	a := defaultAgent()
	for _, id := range []string{"total", "outdoor"} {
		a.Points = append(a.Points, Point{ID: id})
	}
	return a
}

func examples(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	return files
}

func TestGoodExamplesAreClean(t *testing.T) {
	for _, file := range examples(t, "*.good.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := decodeExample(file, data); err != nil {
			t.Errorf("%s:\n%v", file, err)
		}
	}
}

// Beside each bad example stands a text with every fault that it must give.
func TestBadExamplesGiveTheirMessages(t *testing.T) {
	for _, file := range examples(t, "*.bad.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		err = decodeExample(file, data)
		if err == nil {
			t.Errorf("%s is taken as good", file)
			continue
		}
		golden := strings.TrimSuffix(file, ".yaml") + ".txt"
		if *update {
			if err := os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, readErr := os.ReadFile(golden)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if err.Error()+"\n" != string(want) {
			t.Errorf("%s gives\n%v\nwant\n%s", file, err, want)
		}
	}
}

func TestTheSampleConfigurationsAreClean(t *testing.T) {
	agent, err := LoadAgent("agent.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if agent.State != "agent-state" || agent.Collector.TokenFile != "collector.token" {
		t.Errorf("paths %s, %s", agent.State, agent.Collector.TokenFile)
	}
	if _, err := LoadCSVMap("history.map.yaml", agent); err != nil {
		t.Error(err)
	}
	collector, err := LoadCollector("collector.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if collector.Sites[0].UTCOffsetMin != 60 || collector.Tokens[0].File != "tokens/hall-north" {
		t.Errorf("offset %d, token %s", collector.Sites[0].UTCOffsetMin, collector.Tokens[0].File)
	}
}

// The sample names every key, so that a reader finds what there is.
func TestTheSamplesShowTheTemplates(t *testing.T) {
	text, err := os.ReadFile("agent.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	for id := range all {
		if !strings.Contains(string(text), id) {
			t.Errorf("agent.yaml does not name the template %s", id)
		}
	}
}
