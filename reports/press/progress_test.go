package press

import (
	"strings"
	"testing"
	"time"
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
