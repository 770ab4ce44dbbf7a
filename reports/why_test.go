package reports

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"thermie/heat"
)

// Whatever is refused by a fault is told in both languages, with no value that
// the fault does not carry; and no words wait for a fault that nobody makes.
func TestEveryFaultHasItsWords(t *testing.T) {
	fr, _ := bothLanguages(t) // the other language has the same blanks
	made := map[string]bool{"other": true, "at": true}
	for _, f := range faultsIn(t, "../heat/*.go", "*.go", "*/*.go") {
		made[f.code] = true
		if !fr.Has("faults." + f.code) {
			t.Errorf("%s: no words for the fault %s", f.at, f.code)
		}
		for _, blank := range blanks(fr.T("faults." + f.code)) {
			if f.names != nil && !slices.Contains(f.names, strings.Trim(blank, "{}")) {
				t.Errorf("%s: the words of %s speak of %s, the fault of %v", f.at, f.code, blank, f.names)
			}
		}
	}
	for code := range fr.Chapters["faults"] {
		if !made[code] {
			t.Errorf("nothing makes the fault %s", code)
		}
	}
}

// madeFault is a call of heat.NewFault.
type madeFault struct {
	at, code string
	names    []string // of its values; nil where the call passes a list on
}

// faultsIn are the faults that some files make.
func faultsIn(t *testing.T, patterns ...string) (all []madeFault) {
	t.Helper()
	files := token.NewFileSet()
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && called(call) == "NewFault" {
					all = append(all, readFault(t, files, call))
				}
				return true
			})
		}
	}
	return all
}

// called is the name of the function that a call calls.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func readFault(t *testing.T, files *token.FileSet, call *ast.CallExpr) madeFault {
	t.Helper()
	at := files.Position(call.Pos()).String()
	literal := func(e ast.Expr) string {
		text, ok := e.(*ast.BasicLit)
		if !ok {
			t.Fatalf("%s: the code and the names of a fault are written out where it is made", at)
		}
		plain, err := strconv.Unquote(text.Value)
		if err != nil {
			t.Fatal(err)
		}
		return plain
	}
	f := madeFault{at: at, code: literal(call.Args[0])}
	if call.Ellipsis == token.NoPos {
		f.names = []string{}
		for i := 2; i < len(call.Args); i += 2 {
			f.names = append(f.names, literal(call.Args[i]))
		}
	}
	return f
}

func TestAFaultIsToldInTheLanguageOfTheDocument(t *testing.T) {
	fr, en := bothLanguages(t)
	march := time.Date(2025, time.March, 30, 3, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		err             error
		english, french string
	}{
		{heat.NewFault("outdoor_hour", "", "hour", 1200, "outdoor_c", -61.5), "hour 1,200: an outdoor temperature of −61.5 °C", "heure 1\u202f200 : température extérieure de −61,5 °C"},
		{fmt.Errorf("network n: %w", heat.NewFault("clock_twice", "", "row", 5, "at", march)), "hourly series: row 5 repeats the hour of 30\u00a0March\u00a02025, 03:00", "chronique horaire : la ligne 5 répète l'heure du 30\u00a0mars\u00a02025 à 03 h 00"},
		{errors.New("disk on fire"), en.T("faults.other"), fr.T("faults.other")},
	} {
		for words, want := range map[*Words]string{fr: c.french, en: c.english} {
			if got := (&Draft{Words: words}).Why(c.err); got != want {
				t.Errorf("%v in %s: %q, want %q", c.err, words.Lang, got, want)
			}
		}
	}
}
