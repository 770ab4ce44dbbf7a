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

// words holds the sentences of one language, by chapter and key. The reports'
// code holds none: a text is changed in words.fr.yaml and words.en.yaml,
// which have the same keys.
type words struct {
	lang     string
	chapters map[string]map[string]string
}

// loadWords reads the words of lang, "fr" or "en".
func loadWords(lang string) (*words, error) {
	if !slices.Contains(Languages, lang) {
		return nil, fmt.Errorf("no reports in language %q\nhint: -lang takes one of %s", lang, strings.Join(Languages, ", "))
	}
	name := "words." + lang + ".yaml"
	data, err := wordFiles.ReadFile(name)
	if err != nil {
		return nil, err
	}
	w := &words{lang: lang}
	if err := configs.DecodeStrict(name, data, &w.chapters); err != nil {
		return nil, err
	}
	return w, nil
}

// Languages are the languages that reports are written in.
var Languages = []string{"fr", "en"}

// cached are the word files, each read once.
var cached = map[string]func() (*words, error){
	"fr": sync.OnceValues(func() (*words, error) { return loadWords("fr") }),
	"en": sync.OnceValues(func() (*words, error) { return loadWords("en") }),
}

// wordsOf returns the words of lang.
func wordsOf(lang string) (*words, error) {
	if load, ok := cached[lang]; ok {
		return load()
	}
	return loadWords(lang)
}

// t returns the text of "chapter.key" with each {name} replaced by its value;
// pairs are names and values in turn. A key that does not exist shows as
// ⟨chapter.key⟩, which a test holds out of every document.
func (w *words) t(key string, pairs ...string) string {
	chapter, name, _ := strings.Cut(key, ".")
	text, ok := w.chapters[chapter][name]
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

// has reports whether the key exists, for lists that a data table names.
func (w *words) has(key string) bool {
	chapter, name, _ := strings.Cut(key, ".")
	_, ok := w.chapters[chapter][name]
	return ok
}
