package archive

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/collector/sqlite"
)

var made = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

// dataFolder has a database that someone is writing to, a filed report, and
// what only lives while a program runs.
func dataFolder(t *testing.T) (dir string, db *sql.DB) {
	t.Helper()
	dir = t.TempDir()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "thermie.db")+"?_pragma=journal_mode(WAL)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	for _, statement := range []string{"CREATE TABLE one (n)", "INSERT INTO one VALUES (1)", "BEGIN IMMEDIATE", "INSERT INTO one VALUES (2)"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"filed/2026/report.pdf": "a report", "lock": "", "notes.part": "half"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, db
}

func backUp(t *testing.T, dir string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "backup.tar")
	if _, err := Write(context.Background(), dir, file, made); err != nil {
		t.Fatal(err)
	}
	return file
}

// A folder comes back as it was: the database without what was not committed
// when it was copied, the other files byte by byte.
func TestAFolderComesBack(t *testing.T) {
	dir, db := dataFolder(t)
	file := backUp(t, dir)
	if _, err := db.Exec("COMMIT"); err != nil { // nobody was held up
		t.Fatal(err)
	}
	back := filepath.Join(t.TempDir(), "data")
	m, err := Restore(context.Background(), file, back)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != 2 || !m.Made.Equal(made) {
		t.Errorf("%+v", m)
	}
	if text, err := os.ReadFile(filepath.Join(back, "filed", "2026", "report.pdf")); err != nil || string(text) != "a report" {
		t.Errorf("the report is %q, %v", text, err)
	}
	restored, err := sqlite.Open(filepath.Join(back, "thermie.db"), toRead)
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	var rows int
	if err := restored.QueryRow("SELECT count(*) FROM one").Scan(&rows); err != nil || rows != 1 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// Nothing is overwritten, by a backup or by a restore.
func TestNothingIsOverwritten(t *testing.T) {
	dir, _ := dataFolder(t)
	file := backUp(t, dir)
	if _, err := Write(context.Background(), dir, file, made); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("second backup: %v", err)
	}
	if _, err := Restore(context.Background(), file, dir); err == nil || !strings.Contains(err.Error(), "holds something already") {
		t.Errorf("restore over a folder: %v", err)
	}
}

// An archive that is not whole, or not what was written, restores nothing.
func TestADamagedArchiveRestoresNothing(t *testing.T) {
	dir, _ := dataFolder(t)
	good, err := os.ReadFile(backUp(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"cut":            good[:len(good)/2],
		"without a list": good[:bytes.LastIndex(good, []byte(manifestName))/512*512],
		"a changed file": bytes.Replace(good, []byte("a report"), []byte("A report"), 1),
		"another file":   bytes.ReplaceAll(good, []byte("filed/2026/report.pdf"), []byte("../../2026/report.pdf")),
		"no archive":     []byte("thermie"),
		"empty":          nil,
	} {
		t.Run(name, func(t *testing.T) {
			file, back := filepath.Join(t.TempDir(), "backup.tar"), filepath.Join(t.TempDir(), "data")
			if err := os.WriteFile(file, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Restore(context.Background(), file, back); err == nil {
				t.Error("restored")
			}
			if left, _ := filepath.Glob(back + "*"); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
