package press

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/reports/fixture"
)

// The command writes all of them for a real year, and says which it did not.
func TestNetworkReportWritesTheEngineersFiles(t *testing.T) {
	dir := t.TempDir()
	for _, site := range []string{"dlc-2mw", "micro-dc"} {
		if err := WriteNetwork(t.Context(), fixture.Source(t), fixture.Area(t), site, fixture.Options(dir)); err != nil {
			t.Fatal(err)
		}
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if lines := strings.Count(read("dlc-2mw-npro-demonstration-simulated.txt"), "\n"); lines != 8760 {
		t.Errorf("nPro: %d lines, want 8760", lines)
	}
	if lines := strings.Count(read("dlc-2mw-pfa-profil.csv"), "\n"); lines != 8761 {
		t.Errorf("profile: %d lines, want a head and 8760 hours", lines)
	}
	list := read("micro-dc-files.txt")
	for _, want := range []string{"micro-dc-native.csv", "micro-dc.mos  24 heures connues sur 8760", "micro-dc-pandapipes.json  aucun réseau"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list of the one-day site lacks %q:\n%s", want, list)
		}
	}
	if strings.Contains(list, "⟨") {
		t.Errorf("a text is missing:\n%s", list)
	}
	for _, refused := range []string{"micro-dc.mos", "micro-dc-npro-demonstration-filled.txt", "micro-dc-emb3rs.json"} {
		if _, err := os.Stat(filepath.Join(dir, refused)); err == nil {
			t.Errorf("%s was written from one day", refused)
		}
	}
}
