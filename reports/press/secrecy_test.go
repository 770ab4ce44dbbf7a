package press

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// Nothing that the public edition hides is in a byte of any of its files: no
// number in any spelling, no name, no id, no place; and of the site that is
// never listed there is no trace at all.
func TestNoFileOfThePublicEditionGivesAHiddenNumberAway(t *testing.T) {
	w := town{operators: 4}
	out := t.TempDir()
	public := w.dossier(t, "public", out, bunker)
	if _, err := WriteDossier(public); err != nil {
		t.Fatal(err)
	}
	edition, err := pcaet.Write(public)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := pcaet.Write(w.dossier(t, "authority", ""))
	if err != nil {
		t.Fatal(err)
	}
	secret, shown := map[string]bool{}, map[string]bool{}
	for _, f := range reports.FiguresOf(edition.Document().Blocks) {
		if f.Figure.Mark == document.Known {
			low, high := f.Figure, f.Figure // the layer prints both ends
			low.Value, high.Value = low.Value-low.U, high.Value+high.U
			for _, s := range slices.Concat(spellings(f.Figure), spellings(low), spellings(high)) {
				shown[s] = true
			}
		}
	}
	printed := map[string]bool{}
	for _, f := range reports.FiguresOf(edition.Document().Blocks) {
		printed[f.Figure.Code] = printed[f.Figure.Code] || f.Figure.Mark == document.Known
	}
	for _, f := range reports.FiguresOf(whole.Document().Blocks) {
		if f.Figure.Mark == document.Known && !printed[f.Figure.Code] && !f.Figure.Guard.Free {
			for _, s := range spellings(f.Figure) {
				if !shown[s] {
					secret[s] = true
				}
			}
		}
	}
	if len(secret) < 100 {
		t.Fatalf("only %d spellings are hidden", len(secret))
	}
	for name, text := range streams(t, out) {
		for s := range secret {
			if at := findNumber(text, s); at >= 0 {
				t.Errorf("%s holds the hidden number %q: …%s…", name, s, text[max(0, at-60):min(len(text), at+40)])
			}
		}
		for _, word := range []string{"bunker", "Nullepart", "Personne-ZZ", "910009999", "99903", "7777"} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %q of the site that is never listed", name, word)
			}
		}
		for _, word := range []string{"37,258", "37.258", "en travaux)", "annonce publique)"} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %q of a project whose site may not be named", name, word)
			}
		}
		for i := range w.operators {
			if i == 1 {
				continue // its name is public
			}
			for _, word := range []string{fmt.Sprintf("Baie-Nommée-%03d", i), fmt.Sprintf("Exploitante-%03d", i), fmt.Sprintf("hall-%03d", i), strconv.Itoa(910000000 + i), fmt.Sprintf("courriel-%03d", i), fmt.Sprintf("annonce-%03d", i), fmt.Sprintf("permis-%03d", i)} {
				if at := strings.Index(text, word); at >= 0 {
					t.Errorf("%s holds %q: …%s…", name, word, text[max(0, at-60):min(len(text), at+40)])
				}
			}
		}
	}
	page := strings.ReplaceAll(streams(t, out)["pcaet.html"], document.Nbsp, " ")
	for _, want := range []string{"https://exploitante-001.example/donnees", "15 mai 2026", "L. 236-1", "Édition publique"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// spellings are the ways in which a figure's number could stand in a file;
// none for a number so short that it stands everywhere.
func spellings(f document.Figure) (all []string) {
	if f.Mark != document.Known {
		return nil
	}
	add := func(v float64, decimals int) {
		plain := strconv.FormatFloat(v, 'f', decimals, 64)
		if len(strings.TrimLeft(strings.ReplaceAll(plain, ".", ""), "0")) < 4 {
			return
		}
		for _, s := range []string{plain, strings.ReplaceAll(plain, ".", ","), document.FormatNumber("fr", v, decimals), document.FormatNumber("en", v, decimals)} {
			for _, space := range []string{"\u202f", "\u00a0", " ", "&#8239;", "&nbsp;"} {
				all = append(all, strings.ReplaceAll(s, "\u202f", space))
			}
		}
	}
	add(f.Value, f.Decimals)
	if f.Unit == "MWh" {
		add(f.Value/1000, 3)
		add(f.Value*1000, 0)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// findNumber finds a number that is not a part of a longer one.
func findNumber(text, number string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], number)
		if i < 0 {
			return -1
		}
		i += from
		if !digitBefore.MatchString(text[max(0, i-8):i]) && !digitAfter.MatchString(text[i+len(number):min(len(text), i+len(number)+8)]) {
			return i
		}
		from = i + 1
	}
}

var (
	digitBefore = regexp.MustCompile(`[\pL\d][.,\x{202f}\x{00a0} ]?$`)
	markup      = regexp.MustCompile(`<[^>]*>`)
	digitAfter  = regexp.MustCompile(`^[.,]?[\pL\d]`)
)

// streams are all files of a folder as text: packages file by file, PDF as it
// is read aloud.
func streams(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		switch {
		case bytes.HasPrefix(data, []byte("PK")):
			z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				return err
			}
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					return err
				}
				text, err := io.ReadAll(r)
				if err != nil {
					return err
				}
				if strings.HasSuffix(f.Name, "document.xml") || strings.HasSuffix(f.Name, "content.xml") { // widths of columns are numbers too
					text = markup.ReplaceAll(text, []byte(" "))
				}
				all[name+"!"+f.Name] = string(text)
			}
		case strings.HasSuffix(name, ".pdf"):
			text, err := exec.Command(proof.Program(t, "pdftotext", proof.DebianPoppler), "-layout", path, "-").Output()
			if err != nil {
				return err
			}
			all[name] = string(text)
		default:
			all[name] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
