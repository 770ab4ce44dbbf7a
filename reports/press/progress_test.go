package press

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/reports/fixture"
)

func TestWorkThatIsSoonDoneIsSilent(t *testing.T) {
	var out strings.Builder
	clock := time.Unix(0, 0)
	told := progressTo(&out, func() time.Time { return clock })
	for i := range 300 {
		clock = clock.Add(5 * time.Millisecond)
		told("sites", i, 300)
	}
	if out.Len() > 0 {
		t.Errorf("a second and a half of work said %q", out.String())
	}
}

func TestLongWorkSaysHowFarItIs(t *testing.T) {
	var out strings.Builder
	clock := time.Unix(0, 0)
	told := progressTo(&out, func() time.Time { return clock })
	for i := range 6 {
		clock = clock.Add(time.Second)
		told("sites", 50*i, 300)
	}
	told("match", 0, 12)
	told("match", 1, 12)
	if want := "reading sites: 50 of 300\nreading sites: 150 of 300\nreading sites: 250 of 300\nmatching sites and networks: 0 of 12\n"; out.String() != want {
		t.Errorf("got:\n%swant:\n%s", out.String(), want)
	}
}

// Every step of a dossier with trajectories has a name that a person reads.
func TestEveryStepIsSaidByName(t *testing.T) {
	var out strings.Builder
	clock := time.Unix(0, 0)
	o := fixture.Options(t.TempDir())
	o.Progress = progressTo(&out, func() time.Time { clock = clock.Add(time.Minute); return clock })
	area := fixture.Area(t)
	area.Plan.Hypotheses = []configs.Hypothesis{{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"}}
	if _, err := writeTerritory(t.Context(), fixture.Source(t), area, o); err != nil {
		t.Fatal(err)
	}
	for _, name := range steps {
		if !strings.Contains(out.String(), name+": ") {
			t.Errorf("nothing is said of %q", name)
		}
	}
	for line := range strings.Lines(out.String()) {
		if name, _, _ := strings.Cut(line, ": "); !slices.Contains(slices.Collect(maps.Values(steps)), name) {
			t.Errorf("a step without a name: %q", line)
		}
	}
}
