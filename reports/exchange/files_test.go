package exchange

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"thermie/proof"
)

func TestGoldenSourceFiles(t *testing.T) {
	for _, f := range sourceFormats {
		if f.key == "gpkg" {
			continue // binary: its tests read it
		}
		proof.Golden(t, "engineer/"+f.name(sampleSeries("fr")), seriesFile(t, f.key, "fr"))
	}
	files, err := sampleSeries("en").files(sampleRecords())
	if err != nil {
		t.Fatal(err)
	}
	var list bytes.Buffer
	if err := files[len(files)-1].Write(&list); err != nil {
		t.Fatal(err)
	}
	proof.Golden(t, "engineer/"+files[len(files)-1].Name, list.Bytes())
}

func TestSameSeriesSameBytes(t *testing.T) {
	for _, f := range sourceFormats {
		if !bytes.Equal(seriesFile(t, f.key, "fr"), seriesFile(t, f.key, "fr")) {
			t.Errorf("%s: the same series gave two different files", f.key)
		}
	}
}

// Wherever a format has a place for words, it says that the data are
// simulated and the site fictitious.
func TestEveryFileWithWordsSaysThatItIsSimulated(t *testing.T) {
	for _, f := range sourceFormats {
		text := string(seriesFile(t, f.key, "fr"))
		switch f.key {
		case "npro":
			if name := f.name(sampleSeries("fr")); !strings.Contains(name, "demonstration") || !strings.Contains(name, "simulated") || !strings.Contains(name, "filled") {
				t.Errorf("the name %s does not say what the file holds", name)
			}
			continue
		case "pfa", "pfa_profile":
			if !strings.Contains(text, "SIMULIERTE DATEN") || !strings.Contains(text, "fiktiv") {
				t.Errorf("%s is not labelled", f.key)
			}
			continue
		case "geo_network": // the network is fictitious; nothing in it is simulated
			if !strings.Contains(text, "fictif") {
				t.Error("the network layer is not labelled")
			}
			continue
		}
		if !strings.Contains(text, "SIMULÉES") || !strings.Contains(text, "fictif") {
			t.Errorf("%s is not labelled", f.key)
		}
	}
}

func TestFileWordsHaveTheSameKeys(t *testing.T) {
	keys := func(lang, chapter string) []string {
		w, err := wordsFor(lang)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Sorted(maps.Keys(w.Chapters[chapter]))
	}
	for _, chapter := range []string{"note", "refused", "index", "file"} {
		if fr, en := keys("fr", chapter), keys("en", chapter); !slices.Equal(fr, en) {
			t.Errorf("chapter %s: French %v, English %v", chapter, fr, en)
		}
	}
	if fr, de := keys("fr", "note"), keys("de", "note"); !slices.Equal(fr, de) {
		t.Errorf("chapter note: French %v, German %v", fr, de)
	}
	w, err := wordsFor("fr")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sourceFormats {
		if !w.Has("file." + f.key) {
			t.Errorf("format %s has no text", f.key)
		}
	}
}

// A writer that fails for another reason than the data stops the report.
func TestABrokenDiskIsNoRefusal(t *testing.T) {
	if err := WriteNPro(brokenWriter{}, sampleSeries("fr")); err == nil || strings.Contains(err.Error(), "do not carry") {
		t.Errorf("got %v, want the disk's error", err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
