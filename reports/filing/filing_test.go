package filing

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/compare"
	"thermie/reports/document"
)

// keep writes a new old filing into testdata, beside those that are there.
var keep = flag.Bool("keep", false, "keep a filing of today's format as a fixture")

// town is a territory of one site with one IT meter, of a power in kW.
func town(t *testing.T, kw float64) (reports.Source, reports.Area) {
	t.Helper()
	var lines bytes.Buffer
	put := func(line []byte) { lines.Write(append(line, '\n')) }
	place := interval.Site{Name: "Salle A", Operator: "Exploitant A", Tap: "chilled_water_return", UTCOffsetMin: 60, Data: interval.MeasuredData}
	put(interval.Card{Site: "a", Meter: interval.SiteCard, ValidFrom: 1, Place: &place}.AppendLine(nil))
	point := interval.Point{Name: "Onduleur", Role: interval.RoleIT, InRoom: true, Class: "iec62053-1", Data: interval.MeasuredData}
	put(interval.Card{Site: "a", Meter: "it", ValidFrom: 1, Point: &point}.AppendLine(nil))
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))
	for day := range 365 {
		r := interval.Record{Site: "a", Meter: "it", Kind: interval.ElectricEnergy, Start: first.AddDate(0, 0, day).Unix(), Length: 86400,
			SI: kw * 24 * 3.6e6, Cov: 1, Min: math.NaN(), Max: math.NaN()}
		r.Flags = r.Flags.With(interval.Live)
		put(r.AppendLine(nil))
	}
	f, err := reports.ReadFile("town", &lines)
	if err != nil {
		t.Fatal(err)
	}
	return f, reports.Area{Territory: configs.Territory{SIREN: "200000000", Name: "Ville", Sites: []string{"a"}}}
}

// summary is a small report: the sums, and one file.
func summary(d *reports.Dossier) (*document.Document, []reports.Output, error) {
	table := document.Table{Caption: "sums", Columns: []document.Column{{Head: "sum"}, {Head: "value"}}}
	for i, f := range d.Figures().ComparedSums() {
		table.Rows = append(table.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.Compared[i]), document.FigureCell(f)}})
	}
	doc := &document.Document{Title: "sums", Lang: d.Options.Lang, Date: d.Options.Date, Blocks: []document.Block{table}}
	return doc, []reports.Output{{Name: "sums.html", Write: func(w io.Writer) error { return document.WriteHTML(w, doc) }}}, nil
}

func request(t *testing.T, kw float64) Request {
	src, area := town(t, kw)
	return Request{Source: src, Area: area, Print: summary,
		Options: reports.Options{Year: 2025, Lang: "fr", Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Software: "1.0"}}
}

func lock(t *testing.T, dir string, r Request) *Filing {
	t.Helper()
	m, err := Lock(context.Background(), dir, r)
	if err != nil {
		t.Fatal(err)
	}
	return open(t, filepath.Join(dir, m.ID+".zip"))
}

func open(t *testing.T, path string) *Filing {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestAFilingIsLockedAndBuiltAnewToTheSameStrings(t *testing.T) {
	dir := t.TempDir()
	f := lock(t, dir, request(t, 1000))
	if err := f.Verify(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(f.Path); err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("the archive may be written to: %v, %v", info.Mode(), err)
	}
	r, _, err := f.Rebuild(context.Background(), summary, "1.0")
	if err != nil {
		t.Fatal(err)
	}
	if !r.Same() || !r.InputsSame || len(r.Files)+len(r.Tables) > 0 || r.Figures == 0 {
		t.Errorf("built anew: %+v", r)
	}
}

func TestTheSameReportIsTheSameArchive(t *testing.T) {
	one, other := lock(t, t.TempDir(), request(t, 1000)), lock(t, t.TempDir(), request(t, 1000))
	a, err := os.ReadFile(one.Path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(other.Path)
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two archives of one report differ (%v)", err)
	}
}

func TestAFiledYearIsNotFiledAgainWithoutAReason(t *testing.T) {
	dir := t.TempDir()
	first := lock(t, dir, request(t, 1000))
	again := request(t, 1100)
	var filed *FiledError
	if _, err := Lock(context.Background(), dir, again); !errors.As(err, &filed) {
		t.Fatalf("filed again: %v", err)
	}
	again.Reason = "un compteur corrigé"
	second := lock(t, dir, again)
	if second.Number != 2 || second.Reason == "" {
		t.Errorf("the second filing is %+v", second.Manifest)
	}
	if err := first.Verify(); err != nil {
		t.Errorf("the first one has changed: %v", err)
	}
	if latest, err := Latest(dir, "200000000", 2025); err != nil || latest.Number != 2 {
		t.Errorf("the latest is %v (%v)", latest, err)
	} else {
		latest.Close()
	}
}

func TestALaterReportSaysWhatHasChangedAndWhy(t *testing.T) {
	f := lock(t, t.TempDir(), request(t, 1000))
	later := request(t, 1100)
	c, err := f.Since(context.Background(), compare.World{Source: later.Source, Area: later.Area, Options: later.Options})
	if err != nil {
		t.Fatal(err)
	}
	if !c.Changed() {
		t.Fatal("nothing has changed")
	}
	for _, cause := range c.Causes {
		want := map[string]float64{"records": 876, "total": 876}[cause.Key]
		if it := cause.MWh[1]; it.Mark != document.Known || it.Value != want {
			t.Errorf("%s did %s to E_IT, want %v MWh", cause.Key, it.Full("en"), want)
		}
	}
	same := request(t, 1000)
	if c, err := f.Since(context.Background(), compare.World{Source: same.Source, Area: same.Area, Options: same.Options}); err != nil || c.Changed() {
		t.Errorf("the same inputs have changed something (%v)", err)
	}
}

func TestADamagedFilingIsFound(t *testing.T) {
	f := lock(t, t.TempDir(), request(t, 1000))
	data, err := os.ReadFile(f.Path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte(recordsName)) + len(recordsName) + 40
	data[at] ^= 1
	damaged := filepath.Join(t.TempDir(), filepath.Base(f.Path))
	if err := errors.Join(os.WriteFile(damaged, data, 0o600), os.WriteFile(damaged+".sha256", []byte("0  x\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	err = open(t, damaged).Verify()
	if err == nil || !strings.Contains(err.Error(), recordsName) || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("the damage is told as: %v", err)
	}
	if err := os.WriteFile(damaged, data[:100], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(damaged); err == nil {
		t.Error("a piece of an archive was opened")
	}
}

// Filings of every format that was ever written are opened by this program.
func TestOldFilingsAreOpened(t *testing.T) {
	if *keep {
		today := request(t, 1000)
		today.Reason = fmt.Sprint("format ", format)
		lock(t, "testdata", today)
	}
	paths, err := filepath.Glob("testdata/*.zip")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no old filing (%v)", err)
	}
	for _, path := range paths {
		f := open(t, path)
		if err := f.Verify(); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		r, _, err := f.Rebuild(context.Background(), summary, "today")
		if err != nil || !r.Same() {
			t.Errorf("%s: built anew: %v, %+v", path, err, r.Differ)
		}
		if !r.InputsSame && len(r.Tables) == 0 {
			t.Errorf("%s: the digest of the inputs is another", path)
		}
	}
}

// secretly prints what an edition for everyone prints of one operator.
func secretly(d *reports.Dossier) (*document.Document, []reports.Output, error) {
	doc, files, err := summary(d)
	for _, row := range doc.Blocks[0].(document.Table).Rows {
		row.Cells[1].Figure.Mark = document.Secret
	}
	return doc, files, err
}

// What was filed as « s » was not filed as zero: the year has not changed for
// that, and a change is told from what the filed inputs come to.
func TestASumThatWasFiledAsSecretIsNotZero(t *testing.T) {
	r := request(t, 1000)
	r.Print, r.Options.Disclosure = secretly, "public"
	f := lock(t, t.TempDir(), r)
	for i, sum := range f.Sums() {
		if sum.Stated() {
			t.Errorf("%s was filed as « s » and is read as %s", reports.Compared[i], sum.Full("en"))
		}
	}
	since := func(kw float64) *reports.Comparison {
		now := request(t, kw)
		c, err := f.Since(context.Background(), compare.World{Source: now.Source, Area: now.Area, Options: now.Options})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := since(1000); c.Changed() || !c.Reckoned {
		t.Errorf("nothing has changed but for the edition: changed %t, reckoned %t", c.Changed(), c.Reckoned)
	}
	c := since(1100)
	for _, cause := range c.Causes {
		it := cause.MWh[1]
		if cause.Key == "method" {
			if it.Stated() {
				t.Errorf("what the program changed of a number that was not filed: %s", it.Full("en"))
			}
		} else if want := map[string]float64{"records": 876, "total": 876}[cause.Key]; it.Value != want {
			t.Errorf("%s did %s to E_IT, want %v MWh", cause.Key, it.Full("en"), want)
		}
	}
}

func TestWithoutAFolderNothingWasFiled(t *testing.T) {
	t.Chdir(t.TempDir())
	lock(t, ".", request(t, 1000))
	now := request(t, 1000)
	since, err := SinceLatest(context.Background(), "", compare.World{Source: now.Source, Area: now.Area, Options: now.Options})
	if err != nil || since != nil {
		t.Errorf("an archive that lies in the current folder is taken for a filing: %+v (%v)", since, err)
	}
}
