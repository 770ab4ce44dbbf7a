package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/interval"
	"thermie/proof"
)

// fixture is the folder that this version writes; those of earlier versions
// stay beside it for good.
var fixture = filepath.Join("testdata", fmt.Sprintf("v%d", len(migrations)))

// Every data folder that a released version ever wrote opens, holds what it
// held, and can be written to.
func TestOldFoldersOpen(t *testing.T) {
	if proof.Updating() {
		writeFixture(t)
	}
	folders, err := filepath.Glob(filepath.Join("testdata", "v*"))
	if err != nil || !slices.Contains(folders, fixture) {
		t.Fatalf("no %s among %v, %v (hint: go test -run OldFolders -update)", fixture, folders, err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			dir := t.TempDir()
			copyFile(t, filepath.Join(folder, databaseFile), filepath.Join(dir, databaseFile))
			want, err := os.ReadFile(filepath.Join(folder, "export.lines"))
			if err != nil {
				t.Fatal(err)
			}
			for _, opening := range []string{"first", "again, folded"} {
				e, err := OpenEmbedded(dir)
				if err != nil {
					t.Fatalf("%s: %v", opening, err)
				}
				var got bytes.Buffer
				if err := Export(context.Background(), &got, e, "paris-1"); err != nil {
					t.Fatalf("%s: %v", opening, err)
				}
				if !bytes.Equal(got.Bytes(), want) {
					t.Errorf("%s: the folder holds\n%s\nwant\n%s", opening, got.Bytes(), want)
				}
				checkRollups(t, e)
				if err := errors.Join(e.Restate(context.Background()), e.Close()); err != nil {
					t.Fatalf("%s: %v", opening, err)
				}
			}
		})
	}
}

// checkRollups compares the hours that the store keeps with its intervals.
func checkRollups(t *testing.T, s Store) {
	t.Helper()
	ever := time.Unix(0, 0)
	hours, err := s.Hours(context.Background(), "paris-1", ever, EndOfTime)
	if err != nil {
		t.Fatal(err)
	}
	if want := hoursOf(recordsOf(t, s), hourSpan(ever, EndOfTime)); len(hours) == 0 || !slices.EqualFunc(hours, want, interval.Record.Same) {
		t.Errorf("the hours are\n%s\nwant\n%s", linesOf(hours), linesOf(want))
	}
}

// writeFixture makes the folder of this version: cards, events, folded
// blocks, and lines that still wait in the inbox.
func writeFixture(t *testing.T) {
	dir := t.TempDir()
	e, err := OpenEmbedded(dir)
	if err != nil {
		t.Fatal(err)
	}
	first, second := fixtureContent()
	for i, b := range []Batch{first, second} {
		if err := e.Append(context.Background(), b); err != nil {
			t.Fatal(err)
		}
		if i == 0 { // the second stays in the inbox, and its days stale
			if err := errors.Join(e.Fold(context.Background()), e.Restate(context.Background())); err != nil {
				t.Fatal(err)
			}
		}
	}
	var lines bytes.Buffer
	if err := Export(context.Background(), &lines, e, "paris-1"); err != nil {
		t.Fatal(err)
	}
	if err := e.halt(); err != nil { // without folding
		t.Fatal(err)
	}
	if err := os.MkdirAll(fixture, 0o755); err != nil {
		t.Fatal(err)
	}
	copyFile(t, filepath.Join(dir, databaseFile), filepath.Join(fixture, databaseFile))
	if err := os.WriteFile(filepath.Join(fixture, "export.lines"), lines.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fixtureContent has a bit of everything that a store can hold.
func fixtureContent() (first, second Batch) {
	first = Batch{
		Cards: []interval.Card{
			{Site: "paris-1", Meter: interval.SiteCard, ValidFrom: noon, Place: &interval.Site{Name: "Fixture", Operator: "Nobody", Data: interval.MeasuredData}},
			{Site: "paris-1", Meter: "it", ValidFrom: noon, Point: &interval.Point{Name: "IT", Role: interval.RoleIT, Data: interval.MeasuredData}},
		},
		Events:  []interval.Event{{Site: "paris-1", Meter: "it", What: "gap", Text: "ten minutes", At: noon}},
		Records: []interval.Record{rec(noon, 3.6e6), rec(noon+600, 7.2e6), with(rec(noon, 11), func(r *interval.Record) { r.Length = 3600 })},
	}
	strange := with(rec(noon, 0.1), func(r *interval.Record) { r.Kind, r.Min, r.Max, r.Flags = "neutron_flux", -1e-7, 1e22, 1<<40 })
	second.Records = []interval.Record{strange, with(rec(noon+600, 7.3e6), func(r *interval.Record) { r.Rev = 1 }), rec(noon-365*secondsPerDay, 5)}
	return first, second
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A store that a later program wrote is refused, not guessed at; so is a
// folder that another collector has open.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	e, err := OpenEmbedded(dir)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := OpenEmbedded(dir); err == nil {
		second.Close()
		t.Error("two collectors on one folder")
	}
	later := fmt.Sprintf("PRAGMA user_version = %d", len(migrations)+1)
	if err := e.submit(context.Background(), func(w *writer) error {
		_, err := w.conn.ExecContext(context.Background(), later)
		return err
	}, nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string) (*Embedded, error){"write": OpenEmbedded, "read": OpenEmbeddedReadOnly} {
		if e, err := open(dir); err == nil {
			e.Close()
			t.Errorf("%s: a later version opens", name)
		}
	}
	if e, err := OpenEmbeddedReadOnly(t.TempDir()); err == nil {
		e.Close()
		t.Error("an empty folder opens for reading")
	}
}

// While a collector runs, others read what it has acknowledged.
func TestReadOnlyBeside(t *testing.T) {
	dir := t.TempDir()
	e, err := OpenEmbedded(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	beside, err := OpenEmbeddedReadOnly(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	if err := e.Append(context.Background(), Batch{Records: []interval.Record{rec(noon, 1)}}); err != nil {
		t.Fatal(err)
	}
	got, err := beside.Records(context.Background(), "paris-1", time.Unix(noon, 0), time.Unix(noon+1, 0))
	if err != nil || len(got) != 1 {
		t.Errorf("read beside: %v, %v", got, err)
	}
	if err := beside.Append(context.Background(), Batch{Records: []interval.Record{rec(noon, 1)}}); err == nil {
		t.Error("appended to a store that is open for reading")
	}
}

func TestAReaderRefusesAStoreOfAnEarlierVersionWithAHint(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "v1"))); err != nil {
		t.Fatal(err)
	}
	_, err := OpenEmbeddedReadOnly(dir)
	if err == nil || !strings.Contains(err.Error(), "hint: start this version's collector") {
		t.Errorf("got %v, want a hint", err)
	}
}
