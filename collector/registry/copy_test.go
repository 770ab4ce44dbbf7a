package registry

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Another collector's copy reads all of it, hears again what it holds, and
// refuses the rest by the owner's name.
func TestACopyRefusesChangesAndNamesTheOwner(t *testing.T) {
	db, clock := empty(t)
	db.mustDeclare(t, person, hall(900, ""))
	other := t.TempDir()
	if err := db.Copy(ctx, filepath.Join(other, FileName), "https://owner.example"); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(other, "*")); len(left) != 1 {
		t.Errorf("beside the copy lies %v", left)
	}
	copied, err := Open(ctx, other, clock.now)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if ids := copied.Now().mustBook(t).Sites(); len(ids) != 1 {
		t.Errorf("the copy holds %v", ids)
	}
	if _, err := copied.Declare(ctx, person, hall(900, "")); err != nil {
		t.Errorf("what it holds: %v", err)
	}
	_, declared := copied.Declare(ctx, person, hall(950, ""))
	_, followed := copied.Follow(ctx, hall(950, ""))
	for what, err := range map[string]error{
		"declare": declared, "follow": followed, "withdraw": copied.Withdraw(ctx, person, "site", "hall-3", ""),
		"copy": copied.Copy(ctx, filepath.Join(t.TempDir(), "x"), "me"),
	} {
		var e *NotOwner
		if !errors.As(err, &e) || e.Owner != "https://owner.example" || !strings.Contains(err.Error(), "2026-03-02") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if v := copied.Now().mustBook(t).Site("hall-3"); v[0].Says.RatedITKW != 900 {
		t.Errorf("the copy changed: %+v", v)
	}
	db.mustDeclare(t, person, hall(950, ""))
	if err := db.Copy(ctx, filepath.Join(other, FileName), "https://owner.example"); err != nil {
		t.Errorf("copied again: %v", err)
	}
}

// A reader sees the file and what its own configuration says, and writes
// neither.
func TestAReaderWritesNothing(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(ctx, dir, (&clock{monday}).now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.mustDeclare(t, person, hall(900, ""))
	reader, err := OpenToRead(ctx, dir, (&clock{monday}).now)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	more := hall(100, "")
	more.Sites[0].ID = "hall-4"
	if _, err := reader.Follow(ctx, more); err != nil {
		t.Fatal(err)
	}
	if ids := reader.Now().mustBook(t).Sites(); strings.Join(ids, " ") != "hall-3 hall-4" {
		t.Errorf("the reader sees %v", ids)
	}
	if ids := db.Now().mustBook(t).Sites(); len(ids) != 1 {
		t.Errorf("the file holds %v", ids)
	}
	nobody, err := OpenToRead(ctx, filepath.Join(dir, "nowhere"), time.Now)
	if err != nil {
		t.Fatalf("a folder without a registry: %v", err)
	}
	nobody.Close()
}
