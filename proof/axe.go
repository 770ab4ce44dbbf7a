package proof

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// NpmAxe is how the accessibility rules come onto a machine.
const NpmAxe = "npm install --global axe-core@4.14.1"

// Axe is the script of axe-core, with which a browser examines a page by the
// rules of WCAG that a program can check; the RGAA's are tested by the same.
func Axe(t testing.TB) string {
	t.Helper()
	root, err := exec.Command(Program(t, "npm", "Debian: npm"), "root", "--global").Output()
	if err != nil {
		t.Fatalf("npm root: %v", err)
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "axe-core", "axe.min.js"))
	if err != nil {
		missing(t, "axe-core", NpmAxe)
	}
	return string(script)
}
