package proof

import (
	"os"
	"os/exec"
	"testing"
)

// Program returns the path of a program that a test needs. On a machine
// without it the test is skipped and says how to get it; where
// THERMIE_REQUIRE_EXTERNAL=1 asks for all of them, as in .ci/run, it fails.
func Program(t testing.TB, name, install string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	missing(t, name, install)
	return ""
}

func missing(t testing.TB, name, install string) {
	t.Helper()
	if os.Getenv("THERMIE_REQUIRE_EXTERNAL") == "1" {
		t.Fatalf("%s is required and not to be found (%s)", name, install)
	}
	t.Skipf("skipped: %s is not to be found (%s)", name, install)
}

// Where the programs come from.
const (
	Debian        = "a Debian package of that name"
	DebianOffice  = "Debian: libreoffice-writer libreoffice-calc"
	DebianPoppler = "Debian: poppler-utils"
	DebianGDAL    = "Debian: gdal-bin"
	GoInfluxd     = "go install github.com/influxdata/influxdb/cmd/influxd@v1.8.10"
)
