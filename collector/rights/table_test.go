package rights

import (
	"os"
	"strings"
	"testing"
)

// RIGHTS.md shows the policy that the program follows.
func TestTheDocumentedTableIsThePolicy(t *testing.T) {
	text, err := os.ReadFile("../RIGHTS.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "\n"+Table()+"\n") {
		t.Errorf("collector/RIGHTS.md lacks this table:\n%s", Table())
	}
}
