package collector

import (
	"context"
	"database/sql"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/collector/registry"
	"thermie/collector/rights"
	"thermie/configs"
)

// hoursFile is the file of hall-1's released hours.
const hoursFile = "/site/hall-1/hall-1" + hoursName + "?year=2025"

// opens holds what readers get of a page or file.
func (h *house) opens(path string, readers map[string]string, want map[string]int) {
	h.t.Helper()
	for name, token := range readers {
		if status, body := h.get(path, token); status != want[name] {
			h.t.Errorf("%s, %s: %d, want %d: %.300s", path, name, status, want[name], body)
		}
	}
}

// An operator releases a year by the hour to an engineer, under a convention
// that ends, and by the month to the territory. The engineer gets the hours in
// a file; the territory and another engineer never do; and on the day on which
// the convention ends, neither does the engineer.
func TestHoursAreReleasedToAnEngineerUntilTheConventionEnds(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	today := time.Now()
	town.now = func() time.Time { return today }
	operator.aYear()
	town.trusts(operator)
	ends := today.AddDate(0, 0, 30).UTC().Truncate(24 * time.Hour)

	for _, careless := range [][]string{
		{"-to", "authority:999000012", "-expires", ends.Format(time.DateOnly)},
		{"-to", "engineer:C-7"},
	} {
		_, err := operator.run(CmdRelease, "prepare", append(careless, "-site", "hall-1", "-year", "2025", "-fields", "name=once,heat=hour")...)
		if err == nil || !strings.Contains(err.Error(), "by a convention that ends") {
			t.Errorf("hours %v: %v", careless, err)
		}
	}
	operator.releases(town, "-to", "authority:999000012", "-year", "2025")
	operator.releases(town, "-to", "engineer:C-7", "-year", "2025", "-expires", ends.Format(time.DateOnly),
		"-fields", "name=once,heat=hour,temperature=hour,firm_power=month")

	engineer := rights.Identity{Holder: "bureau", Role: rights.Engineer, Sites: []string{"hall-1"}, Convention: "C-7", Expires: today.AddDate(1, 0, 0)}
	other := engineer
	other.Holder, other.Convention = "another", "C-8"
	readers := map[string]string{
		"engineer":       town.made(engineer),
		"other engineer": town.made(other),
		"staff":          town.made(rights.Identity{Holder: "agglo", Role: rights.Authority, Territories: []string{"999000012"}}),
		"keeper":         "",
	}
	town.opens(hoursFile, readers, map[string]int{"engineer": 200, "other engineer": 403, "staff": 403, "keeper": 200})
	town.opens("/site/hall-1?year=2025", readers, map[string]int{"engineer": 200, "other engineer": 403, "staff": 200, "keeper": 200})

	_, hours := town.get(hoursFile, readers["engineer"])
	rows := strings.Split(strings.TrimSpace(hours), "\n")
	if len(rows) != 1+8760 || !strings.HasPrefix(rows[0], "from,recoverable_kwh,captured_kwh,supply_c,return_c,coverage,") {
		t.Errorf("%d rows of hours: %s", len(rows), rows[0])
	}
	if !strings.Contains(hours, "\n2025-07-01T00:00:00+01:00,100,") || !strings.Contains(hours, "released by the operator by hour") {
		t.Errorf("the hours are\n%.600s", hours)
	}
	for name, says := range map[string]string{"engineer": "the hours are in the file", "staff": "nothing finer is known here"} {
		_, page := town.get("/site/hall-1?year=2025&lang=en", readers[name])
		if !strings.Contains(page, says) || strings.Count(page, ">2025-07<") != 2 || !strings.Contains(page, "74,400") {
			t.Errorf("the page of the %s, with a row of heat and one of firm power in July:\n%s", name, page)
		}
		if strings.Contains(page, hoursName) != (name == "engineer") {
			t.Errorf("the page of the %s leads to the hours, or does not", name)
		}
	}

	today = ends
	town.opens(hoursFile, readers, map[string]int{"engineer": 403, "other engineer": 403, "staff": 403, "keeper": 403})
	town.opens("/site/hall-1?year=2025", readers, map[string]int{"engineer": 403, "other engineer": 403, "staff": 200, "keeper": 200})
	if recs := town.knows2025(); len(recs) != 12 {
		t.Errorf("after the convention %d intervals are left, not the months", len(recs))
	}
}

// What was released to others does not show in a year of which less was
// released to the reader.
func TestAYearWithoutHeatIsNoPage(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	town.trusts(operator)
	operator.releases(town, "-to", "engineer:C-7", "-year", "2025")
	operator.releases(town, "-to", "authority:999000012", "-year", "2025", "-fields", "name=once,firm_power=year")
	staff := town.made(rights.Identity{Holder: "agglo", Role: rights.Authority, Territories: []string{"999000012"}})
	if status, page := town.get("/site/hall-1?year=2025", staff); status != http.StatusForbidden {
		t.Errorf("nothing of its heat was released to the territory: %d\n%s", status, page)
	}
	c := rights.Consent{Site: "hall-1", Field: rights.Heat, Resolution: rights.Year, Audience: rights.Everyone, Basis: rights.ByConsent, Source: "lettre"}
	if _, err := town.rights.Give(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	status, page := town.get("/site/hall-1?year=2025&lang=en", staff)
	if status != http.StatusOK || !strings.Contains(page, "by year") || strings.Contains(page, "2025-07") {
		t.Errorf("the year, which is consented to: %d\n%s", status, page)
	}
}

// A release that cannot be kept is not called malformed: it may be sent again.
func TestAReleaseThatCannotBeKeptMayBeSentAgain(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, territory)
	operator.aYear()
	town.trusts(operator)
	file := operator.signs("-to", "authority:999000012", "-year", "2025")
	sqlite(t, filepath.Join(town.cfg.Data, rights.FileName),
		"CREATE TRIGGER full BEFORE INSERT ON release BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
	_, err := operator.run(CmdRelease, "send", "-url", town.url, file)
	if err == nil || !strings.Contains(err.Error(), "503") || !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("sent to a full disk: %v", err)
	}
	sqlite(t, filepath.Join(town.cfg.Data, rights.FileName), "DROP TRIGGER full")
	operator.must(CmdRelease, "send", "-url", town.url, file)
}

// sqlite does what a person could do to a collector's file.
func sqlite(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// A territory that was declared with a command takes releases as one of the
// configuration does.
func TestADeclaredTerritoryTakesReleases(t *testing.T) {
	operator, town := newHouse(t, ""), newHouse(t, "")
	operator.aYear()
	town.trusts(operator)
	file := operator.signs("-to", "authority:999000012", "-year", "2025")
	if _, err := town.run(CmdRelease, "take", file); err == nil || !strings.Contains(err.Error(), "for another collector") {
		t.Errorf("before it is declared: %v", err)
	}
	declared := configs.Declared{Territories: []configs.Territory{{SIREN: "999000012", Name: "Exemple", Kind: "CA", Year: 2025, Sites: []string{"hall-1"}, Fictitious: true}}}
	if _, err := town.declared.Declare(context.Background(), registry.Author{Person: "Jeanne"}, declared); err != nil {
		t.Fatal(err)
	}
	town.must(CmdRelease, "take", file)
	operator.must(CmdRelease, "send", "-url", town.url, operator.signs("-to", "authority:999000012", "-year", "2025"))
}
