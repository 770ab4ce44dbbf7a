package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/interval"
)

// cutFolder is a store as a machine leaves it that stops at once: a database
// and a log that is not yet in it, of ten acknowledged batches.
func cutFolder(t *testing.T) (dir string, all []interval.Record) {
	t.Helper()
	live := t.TempDir()
	e, err := OpenEmbedded(live)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for number := range int64(10) {
		b := crashBatch(number)
		if err := e.Append(context.Background(), b); err != nil {
			t.Fatal(err)
		}
		all = append(all, b.Records...)
	}
	dir = t.TempDir()
	for _, name := range []string{databaseFile, databaseFile + "-wal", noteFile} {
		copyFile(t, filepath.Join(live, name), filepath.Join(dir, name))
	}
	return dir, all
}

// A log that was cut takes acknowledged lines with it, of which SQLite says
// nothing. The store says so and does not open, until a person decides.
func TestACutLogIsNoSilentLoss(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for range 12 {
		dir, all := cutFolder(t)
		wal := filepath.Join(dir, databaseFile+"-wal")
		info, err := os.Stat(wal)
		if err != nil || info.Size() == 0 {
			t.Fatalf("no log to cut: %v", err)
		}
		if err := os.Truncate(wal, random.Int64N(info.Size())); err != nil {
			t.Fatal(err)
		}
		e, err := OpenEmbedded(dir)
		if err == nil { // only what came after the last line was cut off
			if got := recordsOf(t, e); !slices.EqualFunc(got, all, interval.Record.Same) {
				t.Errorf("%d of %d acknowledged intervals are there, and nothing is said", len(got), len(all))
			}
			e.Close()
			continue
		}
		if !errors.Is(err, errLost) && !strings.Contains(err.Error(), "no such table") {
			t.Errorf("the fault is said as: %v", err)
		}
		if errors.Is(err, errLost) {
			goOnWithout(t, dir)
		}
	}
}

// goOnWithout does what the error tells: the lines that are left are whole
// batches.
func goOnWithout(t *testing.T, dir string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, noteFile)); err != nil {
		t.Fatal(err)
	}
	e, err := OpenEmbedded(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if got := recordsOf(t, e); len(got)%batchLines != 0 {
		t.Errorf("%d intervals are left", len(got))
	}
}

// A log that was removed is told from a store that never had one.
func TestALostLogIsNoSilentLoss(t *testing.T) {
	dir, _ := cutFolder(t)
	if err := os.Remove(filepath.Join(dir, databaseFile+"-wal")); err != nil {
		t.Fatal(err)
	}
	if e, err := OpenEmbedded(dir); err == nil {
		e.Close()
		t.Error("a store without its log opens")
	}
}

// Wherever a byte of the file is damaged, what is read afterwards is right,
// or the damage is said.
func TestADamagedFileIsNoSilentLie(t *testing.T) {
	e := restatedPlant(t)
	want := recordsOf(t, e)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(e.dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, 4))
	for range 60 {
		damaged := slices.Clone(whole)
		at := random.IntN(len(damaged))
		damaged[at] ^= byte(1 + random.IntN(255))
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, databaseFile), damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if said := damageSaid(dir); said == nil {
			e, err := OpenEmbeddedReadOnly(dir)
			if err != nil {
				t.Fatal(err)
			}
			if got := recordsOf(t, e); !slices.EqualFunc(got, want, interval.Record.Same) {
				t.Errorf("byte %d: %d intervals became %d, and nothing is said", at, len(want), len(got))
			}
			e.Close()
		}
	}
}

// damageSaid opens, verifies and reads a store, and returns what it says.
func damageSaid(dir string) error {
	e, err := OpenEmbeddedReadOnly(dir)
	if err != nil {
		return err
	}
	defer e.Close()
	v, err := e.Verify(context.Background())
	if err == nil && len(v.Faults) > 0 {
		err = errors.New(v.Faults[0].What)
	}
	_, readErr := e.Records(context.Background(), "paris-1", time.Unix(0, 0), EndOfTime)
	return errors.Join(err, readErr)
}

// An append that failed leaves rows of the inbox unused. That the store has
// come beyond them must not be noted before it has: nothing is missing then.
func TestAnAppendThatFailedIsNotMissed(t *testing.T) {
	e := openedEmbedded(t)
	e.folding.Lock()
	appendAll(t, e, rec(noon, 1))
	full := errors.New("the disk is full")
	pieces, err := piecesOf([]interval.Record{rec(noon+600, 2)})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.submit(t.Context(), func(w *writer) error { return errors.Join(w.appendPiece(&pieces[0]), full) }, nil); !errors.Is(err, full) {
		t.Fatal(err)
	}
	e.folding.Unlock()
	if err := errors.Join(e.Fold(t.Context()), e.Close()); err != nil {
		t.Fatal(err)
	}
	again, err := OpenEmbedded(e.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if recs := recordsOf(t, again); len(recs) != 1 {
		t.Errorf("it holds\n%s", linesOf(recs))
	}
}
