package exchange

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"thermie/configs"
	"thermie/reports"
)

//go:embed words.fr.yaml words.en.yaml words.de.yaml
var fileWordFiles embed.FS

// fileWords are the sentences in the engineer's files, by language. German
// is there for the German waste-heat record.
var fileWords = map[string]func() (*reports.Words, error){
	"fr": sync.OnceValues(func() (*reports.Words, error) { return loadFileWords("fr") }),
	"en": sync.OnceValues(func() (*reports.Words, error) { return loadFileWords("en") }),
	"de": sync.OnceValues(func() (*reports.Words, error) { return loadFileWords("de") }),
}

func loadFileWords(lang string) (*reports.Words, error) {
	name := "words." + lang + ".yaml"
	data, err := fileWordFiles.ReadFile(name)
	if err != nil {
		return nil, err
	}
	w := &reports.Words{Lang: lang}
	return w, configs.DecodeStrict(name, data, &w.Chapters)
}

// words returns the sentences in the language of the files.
func (s *SourceSeries) words() (*reports.Words, error) { return wordsFor(s.lang) }

func wordsFor(lang string) (*reports.Words, error) {
	load, ok := fileWords[lang]
	if !ok {
		return nil, fmt.Errorf("no file notes in language %q", lang)
	}
	return load()
}

// marks are what every file says first: that the site is fictitious, that
// the data are simulated.
func (s *SourceSeries) marks(w *reports.Words) []string {
	var list []string
	if s.Place.Fictitious {
		list = append(list, w.T("note.fictitious"))
	}
	if s.Simulated() {
		list = append(list, w.T("note.simulated"))
	}
	return list
}

// made says by which version and when.
func (s *SourceSeries) made(w *reports.Words) string {
	return w.T("note.made", "software", s.software, "date", s.date.Format("2006-01-02"))
}

// notes are what a reader of a file of the series must know: the marks, what
// the numbers are and are not, and how many of them are estimates. filled
// counts the estimated hours of the file.
func (s *SourceSeries) notes(lang string, filled int) ([]string, error) {
	w, err := wordsFor(lang)
	if err != nil {
		return nil, err
	}
	known, stated := strconv.Itoa(s.KnownHours()), s.statedHours()
	list := append(s.marks(w), w.T("note.what", "year", strconv.Itoa(s.Year), "known", known, "hours", strconv.Itoa(len(s.Hours))))
	if s.HandedOver.Known && s.HandedOver.Value > 0 {
		list = append(list, w.T("note.handed_over", "hourly", reports.HourlyName(s.ID)))
	}
	if stated > 0 {
		list = append(list, w.T("note.stated", "stated", strconv.Itoa(stated), "known", known))
	}
	if filled > 0 {
		list = append(list, w.T("note.filled", "filled", strconv.Itoa(filled)))
	}
	return append(list, s.made(w)), nil
}

// statedHours counts the known hours whose temperatures nobody measured.
func (s *SourceSeries) statedHours() int {
	stated := 0
	for _, h := range s.Hours {
		if h.Known() && h.Stated {
			stated++
		}
	}
	return stated
}

// note is the notes in one line.
func (s *SourceSeries) note(filled int) (string, error) {
	list, err := s.notes(s.lang, filled)
	return strings.Join(list, " "), err
}

// refusal says why a file is not written: the data do not carry it. It is
// listed beside the files that are, never a fault of the program.
type refusal struct {
	key   string // in the chapter "refused" of the words
	pairs []string
}

func refuse(key string, pairs ...string) error { return &refusal{key, pairs} }

// Error implements error.
func (r *refusal) Error() string {
	return "the data do not carry this file: " + r.key + " " + strings.Join(r.pairs, " ")
}
