package reports

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thermie/heat"
)

func bothLanguages(t *testing.T) (fr, en *Words) {
	t.Helper()
	fr, err := loadWords("fr")
	if err != nil {
		t.Fatal(err)
	}
	en, err = loadWords("en")
	if err != nil {
		t.Fatal(err)
	}
	return fr, en
}

// keys returns "chapter.key" of all texts.
func (w *Words) keys() []string {
	var keys []string
	for chapter, texts := range w.Chapters {
		for key := range texts {
			keys = append(keys, chapter+"."+key)
		}
	}
	slices.Sort(keys)
	return keys
}

func TestBothLanguagesHaveTheSameKeysAndBlanks(t *testing.T) {
	fr, en := bothLanguages(t)
	for _, key := range fr.keys() {
		if !en.Has(key) {
			t.Errorf("words.en.yaml lacks %s", key)
			continue
		}
		if f, e := blanks(fr.T(key)), blanks(en.T(key)); !slices.Equal(f, e) {
			t.Errorf("%s: the French text has the blanks %v, the English one %v", key, f, e)
		}
	}
	for _, key := range en.keys() {
		if !fr.Has(key) {
			t.Errorf("words.fr.yaml lacks %s", key)
		}
	}
}

// Whatever the heat room remarks, assumes or refuses has words.
func TestWhatHeatSaysHasWords(t *testing.T) {
	fr, en := bothLanguages(t)
	var keys []string
	for _, note := range heat.Notes() {
		keys = append(keys, "notes."+note)
	}
	for _, id := range heat.AssumptionIDs() {
		keys = append(keys, "assumptions."+id)
	}
	for _, reason := range obstacles {
		keys = append(keys, "reasons."+string(reason))
	}
	for _, key := range keys {
		if !fr.Has(key) || !en.Has(key) {
			t.Errorf("%s: French %v, English %v", key, fr.Has(key), en.Has(key))
		}
	}
}

// A method that is told in words has its source in words: else the source of
// METHODS.md would stand in a French document.
func TestEveryMethodInWordsHasItsSource(t *testing.T) {
	fr, _ := bothLanguages(t) // the other language has the same keys
	for id := range fr.Chapters["methods"] {
		if !fr.Has("method_sources." + id) {
			t.Errorf("methods.%s has no method_sources.%s", id, id)
		}
	}
}

var blank = regexp.MustCompile(`\{[a-z_0-9]+\}`)

func blanks(text string) []string {
	found := blank.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// computed are the chapters whose keys the code puts together from ids.
var computed = []string{"words", "kinds", "heats", "type", "forms", "conventions", "open_data", "answers", "position", "taps", "data", "fluids", "classes", "months", "months_short",
	"reasons", "indicators", "objects", "deposit", "instructions", "status", "references", "factors", "roles", "methods", "method_sources",
	"notes", "assumptions", "assumption_sources", "terms", "glossary", "columns", "network", "study", "levers", "study_inputs", "hypothesis", "scenario", "project", "action", "plans", "follow", "standing", "inputs", "edition", "explain", "map", "faults", "layer_fault", "change"}

func TestEveryTextIsUsedAndEveryUseHasAText(t *testing.T) {
	fr, _ := bothLanguages(t)
	code := codeWithWords(t)
	for _, key := range fr.keys() {
		chapter, name, _ := strings.Cut(key, ".")
		used := strings.Contains(code, `"`+key+`"`) || strings.Contains(code, `.`+name+`"`) || strings.HasSuffix(name, "_title")
		if chapter == "columns" {
			used = strings.Contains(code, `"`+name+`"`) || strings.Contains(code, `"columns.`+name+`"`)
		}
		if !used && (chapter == "columns" || !slices.Contains(computed, chapter)) {
			t.Errorf("no code uses %s", key)
		}
	}
	for _, m := range regexp.MustCompile(`\.[tT]\("([a-z_]+\.[a-z0-9_]+)"[,)]`).FindAllStringSubmatch(code, -1) {
		if !fr.Has(m[1]) {
			t.Errorf("the code uses %s, which has no text", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`\.(?:Text|Center|Number|Sure)\("([a-z0-9_]+)"`).FindAllStringSubmatch(code, -1) {
		if !fr.Has("columns." + m[1]) {
			t.Errorf("the code uses the column %s, which has no text", m[1])
		}
	}
}

// codeWithWords is the source of the documents, which take their texts from
// words.*.yaml; the engineers' files have texts of their own.
func codeWithWords(t *testing.T) string {
	t.Helper()
	code := ""
	for _, pattern := range []string{"*.go", "[^edg]*/*.go", "deposit/*.go", "engineer/*.go", "explain/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(file, "_test.go") {
				code += string(text)
			}
		}
	}
	return code
}

func TestTheDatedTablesHaveTheirTexts(t *testing.T) {
	fr, _ := bothLanguages(t)
	factors, err := EmissionFactors()
	if err != nil {
		t.Fatal(err)
	}
	seen, err := References()
	if err != nil {
		t.Fatal(err)
	}
	forms, err := DepositForms()
	if err != nil {
		t.Fatal(err)
	}
	want := func(key string) {
		if !fr.Has(key) {
			t.Errorf("no text for %s", key)
		}
	}
	for _, r := range seen {
		want("references." + r.ID)
		if (r.Status == Read) != (r.Seen != "" && r.Source != "") {
			t.Errorf("reference %s: status %s with source %q read on %q: what was read says where and when, what was not read says neither", r.ID, r.Status, r.Source, r.Seen)
		}
	}
	for _, f := range factors {
		want("factors." + f.Basis)
	}
	for _, f := range forms {
		want("forms." + f.Form)
		want("instructions." + f.Topic)
	}
}
