package reports

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"thermie/configs"
)

//go:embed words.fr.yaml words.en.yaml
var wordFiles embed.FS

// Words holds the sentences of one language, by chapter and key. The reports'
// code holds none: a text is changed in words.fr.yaml and words.en.yaml,
// which have the same keys.
type Words struct {
	Lang     string
	Chapters map[string]map[string]string
}

// loadWords reads the words of lang, "fr" or "en".
func loadWords(lang string) (*Words, error) {
	if !slices.Contains(Languages, lang) {
		return nil, fmt.Errorf("no reports in language %q\nhint: -lang takes one of %s", lang, strings.Join(Languages, ", "))
	}
	name := "words." + lang + ".yaml"
	data, err := wordFiles.ReadFile(name)
	if err != nil {
		return nil, err
	}
	w := &Words{Lang: lang}
	if err := configs.DecodeStrict(name, data, &w.Chapters); err != nil {
		return nil, err
	}
	return w, nil
}

// Languages are the languages that reports are written in.
var Languages = []string{"fr", "en"}

// cached are the word files, each read once.
var cached = map[string]func() (*Words, error){
	"fr": sync.OnceValues(func() (*Words, error) { return loadWords("fr") }),
	"en": sync.OnceValues(func() (*Words, error) { return loadWords("en") }),
}

// WordsOf returns the words of lang.
func WordsOf(lang string) (*Words, error) {
	if load, ok := cached[lang]; ok {
		return load()
	}
	return loadWords(lang)
}

// T returns the text of "chapter.key" with each {name} replaced by its value;
// pairs are names and values in turn. A key that does not exist shows as
// ⟨chapter.key⟩, which a test holds out of every document.
func (w *Words) T(key string, pairs ...string) string {
	chapter, name, _ := strings.Cut(key, ".")
	text, ok := w.Chapters[chapter][name]
	if !ok {
		return "⟨" + key + "⟩"
	}
	if len(pairs) == 0 {
		return text
	}
	swaps := make([]string, len(pairs))
	for i, p := range pairs {
		if i%2 == 0 {
			p = "{" + p + "}"
		}
		swaps[i] = p
	}
	return strings.NewReplacer(swaps...).Replace(text)
}

// Has reports whether the key exists, for lists that a data table names.
func (w *Words) Has(key string) bool {
	chapter, name, _ := strings.Cut(key, ".")
	_, ok := w.Chapters[chapter][name]
	return ok
}
