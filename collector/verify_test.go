package collector

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/collector/registry"
	"thermie/collector/release"
	"thermie/collector/rights"
	"thermie/configs"
)

// verified is what `thermie collector -verify` says of a house's data.
func (h *house) verified() (said string, err error) {
	h.t.Helper()
	cfg, err := configs.LoadCollector(h.config)
	if err != nil {
		h.t.Fatal(err)
	}
	var out bytes.Buffer
	err = Verify(context.Background(), cfg, &out)
	return out.String(), err
}

// Whatever of a data folder is damaged is named, and no data folder is called
// sound of which some was not looked at. The collector runs meanwhile.
func TestVerifyLooksAtEverythingThatIsKept(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	town.trusts(operator)
	operator.releases(town, "-to", "authority:999000012", "-year", "2025")
	data := town.cfg.Data
	for _, dir := range []string{"takein", "feeds/hall-2"} {
		if err := os.MkdirAll(filepath.Join(data, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := town.verified(); err != nil || !strings.Contains(said, "entries of the audit log") || !strings.Contains(said, "all of it is sound") {
		t.Fatalf("%s\n%v", said, err)
	}
	for _, damage := range []struct{ file, content, named string }{
		{"takein/hall-2.json", "{", "which file of hall-2 was taken last"},
		{"takein/receipt.key", "no key", "receipt.key"},
		{release.KeyFile, "no key", release.KeyFile},
		{"feeds/hall-2/state.json", `{"log":`, "feed of hall-2"},
		{"feeds/hall-2/state.json", `{"version": 99}`, "of version 99"},
	} {
		file := filepath.Join(data, damage.file)
		if err := os.WriteFile(file, []byte(damage.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, err := town.verified(); err == nil || !strings.Contains(err.Error(), damage.named) || strings.Contains(said, "sound") {
			t.Errorf("%s with %q: %s\n%v", damage.file, damage.content, said, err)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	for file, damage := range map[string]struct{ statement, named string }{
		rights.FileName:   {"DROP TRIGGER audit_stays; UPDATE audit SET holder = 'somebody else' WHERE seq = 2", "the audit log was altered: entry 2"},
		registry.FileName: {"PRAGMA user_version = 99", "version 99"},
	} {
		sqlite(t, filepath.Join(data, file), damage.statement)
		if said, err := town.verified(); err == nil || !strings.Contains(err.Error(), damage.named) || strings.Contains(said, "sound") {
			t.Errorf("%s after %q: %s\n%v", file, damage.statement, said, err)
		}
	}
}
