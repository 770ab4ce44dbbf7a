package registry

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Files that earlier versions wrote open, with all that they hold.
func TestEveryVersionOpens(t *testing.T) {
	for v := range len(migrations) {
		name := filepath.Join("testdata", "registry-"+string(rune('1'+v))+".db")
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		err = Verify(ctx, filepath.Join(dir, FileName))
		if current := v+1 == len(migrations); current != (err == nil) || !current && !strings.Contains(err.Error(), "start this version's collector") {
			t.Errorf("%s, before it is brought up to date: %v", name, err)
		}
		db, err := Open(ctx, dir, time.Now)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b := db.Now().mustBook(t)
		if len(b.Sites()) != 2 || len(b.Territories()) != 1 || len(b.Networks()) != 1 || len(b.Factors()) != 1 {
			t.Errorf("%s holds %v, %d territories, %d networks", name, b.Sites(), len(b.Territories()), len(b.Networks()))
		}
		db.Close()
		if err := Verify(ctx, filepath.Join(dir, FileName)); err != nil {
			t.Errorf("%s, brought up to date: %v", name, err)
		}
	}
}

func TestALaterVersionIsRefused(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(ctx, dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for what, open := range map[string]func(context.Context, string, func() time.Time) (*DB, error){"write": Open, "read": OpenToRead} {
		if _, err := open(ctx, dir, time.Now); err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("open to %s: %v", what, err)
		}
	}
}

func TestVerifyFindsWhatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	if err := Verify(ctx, path); err == nil {
		t.Error("no file: no fault")
	}
	db, err := Open(ctx, dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	db.mustDeclare(t, person, hall(900, ""))
	if err := Verify(ctx, path); err != nil {
		t.Errorf("a sound registry, in use: %v", err)
	}
	if _, err := db.db.Exec(`INSERT INTO site (id, valid_from, recorded, person, origin, configured, says) VALUES ('x', 0, 0, '', '', 0, '{"nmae": "X"}')`); err != nil {
		t.Fatal(err)
	}
	if err := Verify(ctx, path); err == nil || !strings.Contains(err.Error(), "nmae") {
		t.Errorf("a declaration that cannot be read: %v", err)
	}
	db.Close()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 5000; i < 9000; i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Verify(ctx, path); err == nil {
		t.Error("a damaged file: no fault")
	}
}
