package heat

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thermie/interval"
)

// The code's comments say "Method: HP1, HP2."; each id there has its entry,
// and each entry has its code.
func TestMethodsAndCodeMatch(t *testing.T) {
	inCode := map[string]bool{}
	comment := regexp.MustCompile(`// Method: ([A-Z0-9, ]+)\.`)
	for _, name := range sources(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range comment.FindAllStringSubmatch(string(text), -1) {
			for _, id := range strings.Split(found[1], ", ") {
				inCode[id] = true
			}
		}
	}
	for id := range inCode {
		if _, ok := MethodByID(id); !ok {
			t.Errorf("the code names method %s, which METHODS.md lacks", id)
		}
	}
	seen := map[string]bool{}
	for _, m := range Methods() {
		if !inCode[m.ID] {
			t.Errorf("METHODS.md has %s, which no code names", m.ID)
		}
		if seen[m.ID] || m.Title == "" || m.Formula == "" || m.Source == "" || !slices.Contains([]Mark{Verified, Computed, Unconfirmed}, m.Mark) {
			t.Errorf("entry %+v is double or incomplete", m)
		}
		seen[m.ID] = true
	}
}

// What carries an id without a comment: quantities and worked cases.
func TestCarriedMethodsExist(t *testing.T) {
	ids := []string{T1.String(), T3.String(), T4.String(), T5.String(), methodMixed, methodAllocate}
	b := newSite(24).meter("it", itPoint, interval.ElectricEnergy, 1).balance(t)
	for _, q := range []Quantity{b.EDC, b.EIT, b.Cooling, b.Other, b.InRoom, b.Rejected, b.HandedOver, b.PUE, b.InterimPPUE} {
		ids = append(ids, q.Method)
	}
	erf, ere := b.Reuse()
	ids = append(ids, erf.Method, ere.Method)
	for _, q := range caseQuantities {
		ids = append(ids, q.method)
	}
	for _, id := range ids {
		if _, ok := MethodByID(id); !ok {
			t.Errorf("method %q is carried and has no entry", id)
		}
	}
}

// Every note that the code makes is explained, and no other.
func TestNotesAreExplained(t *testing.T) {
	made := map[string]bool{}
	call := regexp.MustCompile(`(?:note\(|remark\(|notes, |^\t\t)"([a-z_0-9]{4,})[:"]`)
	for _, name := range sources(t) {
		if base := filepath.Base(name); strings.HasPrefix(base, "case") || base == "taps.go" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if found := call.FindStringSubmatch(line); found != nil {
				made[found[1]] = true
			}
		}
	}
	for key := range made {
		if !slices.Contains(Notes(), key) {
			t.Errorf("note %s is not explained", key)
		}
	}
	for _, key := range Notes() {
		if !made[key] {
			t.Errorf("note %s is explained and never made", key)
		}
	}
}

// Whoever writes a case finds every input and quantity in METHODS.md.
func TestCaseWordsAreExplained(t *testing.T) {
	_, section, _ := strings.Cut(methodsText, "## Worked cases")
	explained := func(name string, cells ...string) {
		if row := "| `" + name + "` | " + strings.Join(cells, " | ") + " |"; !strings.Contains(section, row) {
			t.Errorf("METHODS.md lacks the row %s", row)
		}
	}
	for name, of := range caseInputs {
		explained(name, unitsOf(of))
	}
	for name, q := range caseQuantities {
		explained(name, unitsOf(q.dimension), q.method)
	}
	for _, word := range append(slices.Collect(maps.Keys(caseSeries)), caseWords...) {
		if !strings.Contains(section, "`"+word+"`") {
			t.Errorf("METHODS.md does not explain %s", word)
		}
	}
}

// sources lists the package's files without its tests.
func sources(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}
