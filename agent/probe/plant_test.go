package probe

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// templatesOf are those that come with Thermie.
func templatesOf(t *testing.T) map[string]configs.Template {
	t.Helper()
	all, err := configs.Templates()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// capturesOf are the bytes of a template's own captures, the first of each
// register.
func capturesOf(t *testing.T, template string) map[string]configs.Capture {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "configs", "meters", "testdata", template+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	captures, err := configs.ReadCaptures(file)
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]configs.Capture{}
	for _, c := range captures {
		if _, known := first[c.Register]; !known {
			first[c.Register] = c
		}
	}
	return first
}

// words are bytes as registers.
func words(raw []byte) (all []uint16) {
	for at := 0; at+2 <= len(raw); at += 2 {
		all = append(all, uint16(raw[at])<<8|uint16(raw[at+1]))
	}
	return all
}

// install puts a meter as its captures show it behind a unit id.
func install(t *testing.T, b *modbustest.Bank, unit uint8, template string) {
	t.Helper()
	for _, c := range capturesOf(t, template) {
		b.Set(unit, c.Address, words(c.Raw)...)
	}
}

// clockwork is a clock that only a watch moves on; each wait lets the plant
// run.
type clockwork struct {
	at  time.Time
	run func(time.Duration)
}

func (c *clockwork) watch(over, every time.Duration) Watch {
	return Watch{Over: over, Every: every, now: func() time.Time { return c.at },
		wait: func(_ context.Context, d time.Duration) error {
			c.at = c.at.Add(d)
			c.run(d)
			return nil
		}}
}
