package registry

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/configs"
)

// yearOfHours are rows of one column of demand in kW.
func yearOfHours(rows, kw int) []byte {
	return []byte("demand_kw\n" + strings.Repeat(string(rune('0'+kw))+"\n", rows))
}

// withHours is a network whose hours are written out.
func withHours(csv []byte, year int, from string) configs.Declared {
	return configs.Declared{Networks: []configs.Network{{ID: "north", Name: "Nord", Fluid: "hot_water",
		NetworkDemand: configs.NetworkDemand{DemandHours: string(csv), DemandYear: year, DemandOrigin: "export"},
		Said:          configs.Said{ValidFrom: from, Where: "networks.yaml:3"}}}}
}

// hoursOf are the hours of the one network as a view has them.
func (v View) hoursOf(t *testing.T, id string) []byte {
	t.Helper()
	n, ok := v.mustBook(t).Network(id)
	if !ok {
		return nil
	}
	csv, err := v.Hours(ctx, *n.Says)
	if err != nil {
		t.Fatal(err)
	}
	return csv
}

// The hours of last year are replaced by those of this one, from its first day
// on. What was known before stays known, and the same file is kept once.
func TestHoursHaveVersions(t *testing.T) {
	db, clock := empty(t)
	old, fresh := yearOfHours(8784, 5), yearOfHours(8760, 6)
	db.mustDeclare(t, person, withHours(old, 2024, ""))
	before := clock.Time
	clock.pass(time.Hour)
	db.mustDeclare(t, person, withHours(fresh, 2025, "2026-01-01"))
	if got := db.Now().hoursOf(t, "north"); !bytes.Equal(got, fresh) {
		t.Errorf("now the hours are %.20q", got)
	}
	if got := db.AsOf(before).hoursOf(t, "north"); !bytes.Equal(got, old) {
		t.Errorf("before, the hours were %.20q", got)
	}
	if changes := db.mustDeclare(t, person, withHours(fresh, 2025, "2026-01-01")); changes.Same != 1 {
		t.Errorf("the same again: %v", changes)
	}
	clock.pass(time.Hour)
	db.mustDeclare(t, person, withHours(old, 2024, "2026-02-01"))
	var kept int
	if err := db.db.QueryRow("SELECT count(*) FROM demand").Scan(&kept); err != nil || kept != 2 {
		t.Errorf("%d series are kept of two, %v", kept, err)
	}
	if strings.Contains(said(t, db, "north"), "demand_hours") {
		t.Error("the hours stand in the declaration itself")
	}
}

// said is all that was ever declared of a network.
func said(t *testing.T, db *DB, id string) (all string) {
	t.Helper()
	sayings, err := db.History(ctx, "network", id)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sayings {
		all += s.Says
	}
	return all
}

// A person's hours that cannot be kept are refused. A configuration's do not
// keep a collector from starting: it hears a warning, and the reports of that
// network say the same.
func TestHoursOfAConfigurationThatCannotBeReadAreAWarning(t *testing.T) {
	db, _ := empty(t)
	d := withHours(nil, 0, "")
	d.Networks[0].DemandFile = filepath.Join(t.TempDir(), "demand.csv")
	for what, csv := range map[string][]byte{"no such file": nil, "of which year": yearOfHours(8760, 5), "one hour is missing": yearOfHours(8759, 5)} {
		if csv != nil {
			if err := os.WriteFile(d.Networks[0].DemandFile, csv, 0o600); err != nil {
				t.Fatal(err)
			}
		} else {
			os.Remove(d.Networks[0].DemandFile)
		}
		if _, err := db.Declare(ctx, person, d); err == nil || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "networks.yaml:3") {
			t.Errorf("a person: %v, want %q", err, what)
		}
		changes, err := db.Follow(ctx, d)
		if err != nil || len(changes.Warnings) != 1 || !strings.Contains(changes.Warnings[0], what) {
			t.Errorf("a configuration: %q, %v, want %q", changes.Warnings, err, what)
		}
	}
	if n, ok := db.Now().mustBook(t).Network("north"); !ok || n.Says.DemandFile == "" {
		t.Errorf("the network does not say where its hours should be: %+v", n.Says)
	}
}

// A checksum names hours that are kept here, or nothing.
func TestAChecksumOfNothingIsRefused(t *testing.T) {
	db, _ := empty(t)
	d := withHours(nil, 2025, "")
	d.Networks[0].DemandSHA256 = checksum(yearOfHours(8760, 5))
	if _, err := db.Declare(ctx, person, d); err == nil || !strings.Contains(err.Error(), "demand_csv") {
		t.Errorf("of nothing: %v", err)
	}
	db.mustDeclare(t, person, withHours(yearOfHours(8760, 5), 2025, ""))
	d.Networks[0].Name = "Nord et Est"
	db.mustDeclare(t, person, d)
	if got := db.Now().hoursOf(t, "north"); len(got) == 0 {
		t.Error("of hours that are kept: none")
	}
}

func TestVerifyFindsHoursThatWereAltered(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(ctx, dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.mustDeclare(t, person, withHours(yearOfHours(8760, 5), 2025, ""))
	file := filepath.Join(dir, FileName)
	if err := Verify(ctx, file); err != nil {
		t.Error(err)
	}
	for _, one := range []struct{ trigger, statement, says string }{
		{"demand_update", "UPDATE demand SET csv = 'other'", "are not what was declared"},
		{"demand_delete", "DELETE FROM demand", "of network north are missing"},
	} {
		if _, err := db.db.Exec("DROP TRIGGER " + one.trigger + "; " + one.statement); err != nil {
			t.Fatal(err)
		}
		if err := Verify(ctx, file); err == nil || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s: %v", one.statement, err)
		}
	}
}
