package feeds

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"thermie/interval"
	"thermie/proof"
)

// fixture is the folder of a feed as this version writes it; those of earlier
// versions stay beside it for good.
var fixture = filepath.Join("testdata", fmt.Sprintf("v%d", stateVersion))

// A feed takes up what any version left behind, killed in the middle of its
// second interval, and goes on.
func TestOldFoldersAreTakenUp(t *testing.T) {
	if proof.Updating() {
		writeFixture(t)
	}
	folders, err := filepath.Glob(filepath.Join("testdata", "v*"))
	if err != nil || len(folders) != stateVersion {
		t.Fatalf("fixtures are %v, %v (hint: go test -run OldFolders -update)", folders, err)
	}
	for _, folder := range folders {
		files := filesIn(t, folder)
		goesOn(t, folder, files)
		if folder == filepath.Join("testdata", "v1") { // at first, nothing said which version it was
			files[stateFile] = bytes.Replace(files[stateFile], []byte(`"version":1,`), nil, 1)
			goesOn(t, folder+" without a number", files)
		}
	}
}

func filesIn(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	names, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name.Name()], err = os.ReadFile(filepath.Join(folder, name.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// goesOn opens the feed with files that hold 15 minutes, and sends 25 more.
func goesOn(t *testing.T, name string, files map[string][]byte) {
	h := newHall(t, hallFeed)
	h.Close(t.Context())
	h.lay(files)
	h.open(h.kept)
	h.now = midnight.Add(40 * time.Minute)
	if said := h.send(ups(16*time.Minute, 40*time.Minute)); said != "" {
		t.Errorf("%s: %s", name, said)
	}
	h.pass(2 * time.Minute)
	if kwh, _ := h.energy(interval.ElectricEnergy); kwh < 29.999 || kwh > 30.001 { // the first ten minutes were stored elsewhere
		t.Errorf("%s: %g kWh", name, kwh)
	}
}

// writeFixture makes the folder of this version.
func writeFixture(t *testing.T) {
	h := newHall(t, hallFeed)
	h.now = midnight.Add(15 * time.Minute)
	h.send(ups(0, 12*time.Minute))
	if err := h.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.open(h.kept)
	h.send(ups(13*time.Minute, 15*time.Minute))
	h.kill()
	if err := os.MkdirAll(fixture, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, raw := range h.folder() {
		if err := os.WriteFile(filepath.Join(fixture, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
