package registry

import (
	"context"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

var ctx = context.Background()

// monday is when these stories begin.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// clock is what the registry takes for the time.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func (c *clock) pass(d time.Duration) time.Time {
	c.Time = c.Add(d)
	return c.Time
}

func empty(t testing.TB) (*DB, *clock) {
	t.Helper()
	c := &clock{monday}
	db, err := Open(ctx, t.TempDir(), c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, c
}

func hall(kw float64, from string) configs.Declared {
	return configs.Declared{Sites: []configs.SiteEntry{{ID: "hall-3",
		Site: interval.Site{Name: "Hall 3", Operator: "Exemple", RatedITKW: kw, UTCOffsetMin: 60, Data: interval.DeclaredData},
		Said: configs.Said{ValidFrom: from, Where: "sites.csv:2"}}}}
}

func (db *DB) mustDeclare(t testing.TB, by Author, d configs.Declared) Changes {
	t.Helper()
	changes, err := db.Declare(ctx, by, d)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func (v View) mustBook(t testing.TB) *Book {
	t.Helper()
	b, err := v.Book(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var person = Author{Person: "Jeanne"}

// What is said again and differently stands from then on; what was said
// before is still what was known before.
func TestACorrectionChangesThePastAndNotWhatWasKnown(t *testing.T) {
	db, time := empty(t)
	if c := db.mustDeclare(t, person, hall(900, "")); c.New != 1 {
		t.Errorf("declared: %v", c)
	}
	filed := time.pass(3600e9)
	time.pass(3600e9)
	if c := db.mustDeclare(t, person, hall(900, "")); c.Same != 1 || c.New+c.Changed != 0 {
		t.Errorf("said again: %v", c)
	}
	if c := db.mustDeclare(t, person, hall(950, "")); c.Changed != 1 {
		t.Errorf("corrected: %v", c)
	}
	if now := db.Now().mustBook(t).Site("hall-3"); len(now) != 1 || now[0].Says.RatedITKW != 950 || now[0].Person != "Jeanne" || now[0].Origin != "sites.csv:2" {
		t.Errorf("now: %+v", now)
	}
	if then := db.AsOf(filed).mustBook(t).Site("hall-3"); len(then) != 1 || then[0].Says.RatedITKW != 900 {
		t.Errorf("when it was filed: %+v", then)
	}
	if before := db.AsOf(monday.Add(-1)).mustBook(t).Sites(); len(before) != 0 {
		t.Errorf("before anything was said: %v", before)
	}
	if all, err := db.History(ctx, "site", "hall-3"); err != nil || len(all) != 2 {
		t.Errorf("history: %v, %v", all, err)
	}
}

// A site that grows in July has two descriptions, and a list of today the
// one that holds today.
func TestAVersionHoldsFromItsDay(t *testing.T) {
	db, clock := empty(t)
	db.mustDeclare(t, person, hall(900, ""))
	db.mustDeclare(t, person, hall(1200, "2026-07-01"))
	book := db.Now().mustBook(t)
	versions := book.Site("hall-3")
	july := time.Date(2026, 6, 30, 23, 0, 0, 0, time.UTC) // midnight in standard time
	if len(versions) != 2 || !versions[0].ValidFrom.IsZero() || !versions[1].ValidFrom.Equal(july) {
		t.Fatalf("versions: %+v", versions)
	}
	if now := book.SitesNow(); now[0].RatedITKW != 900 {
		t.Errorf("in March: %v kW", now[0].RatedITKW)
	}
	clock.Time = july
	if now := book.SitesNow(); now[0].RatedITKW != 1200 {
		t.Errorf("in July: %v kW", now[0].RatedITKW)
	}
	if err := db.Withdraw(ctx, person, "site", "hall-3", "2026-09-01"); err != nil {
		t.Fatal(err)
	}
	if ids := db.Now().mustBook(t).Sites(); len(ids) != 0 {
		t.Errorf("a site that ends is still in %v", ids)
	}
	if err := db.Withdraw(ctx, person, "site", "hall-4", ""); err == nil || !strings.Contains(err.Error(), `no site "hall-4"`) {
		t.Errorf("a site that nobody declared: %v", err)
	}
}

// The file's word stands until it changes; what a person says in between
// stands, and what leaves the file ends.
func TestTheConfigurationIsFollowed(t *testing.T) {
	db, clock := empty(t)
	follow := func(d configs.Declared) Changes {
		t.Helper()
		clock.pass(3600e9)
		c, err := db.Follow(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	power := func() float64 {
		now := db.Now().mustBook(t).SitesNow()
		if len(now) == 0 {
			return 0
		}
		return now[0].RatedITKW
	}
	follow(hall(900, ""))
	if c := follow(hall(900, "")); c.Same != 1 || power() != 900 {
		t.Errorf("started again: %v, %v kW", c, power())
	}
	db.mustDeclare(t, person, hall(950, ""))
	if follow(hall(900, "")); power() != 950 {
		t.Errorf("the file, which did not change, overrode a person: %v kW", power())
	}
	if follow(hall(1000, "")); power() != 1000 {
		t.Errorf("the file changed: %v kW", power())
	}
	if c := follow(configs.Declared{}); c.Ended != 1 || power() != 0 {
		t.Errorf("the file says it no more: %v, %v kW", c, power())
	}
	db.mustDeclare(t, person, hall(800, ""))
	if c := follow(configs.Declared{}); c.Ended != 0 || power() != 800 {
		t.Errorf("a person's word was taken back: %v, %v kW", c, power())
	}
}

func TestNothingIsChangedOrDeleted(t *testing.T) {
	db, _ := empty(t)
	db.mustDeclare(t, person, hall(900, ""))
	for _, act := range []string{"UPDATE site SET person = 'x'", "DELETE FROM site"} {
		if _, err := db.db.Exec(act); err == nil || !strings.Contains(err.Error(), "a declaration is never") {
			t.Errorf("%s: %v", act, err)
		}
	}
}

func TestADryRunKeepsNothing(t *testing.T) {
	db, _ := empty(t)
	if c := db.mustDeclare(t, Author{Person: "Jeanne", DryRun: true}, hall(900, "")); c.New != 1 {
		t.Errorf("dry run: %v", c)
	}
	if ids := db.Now().mustBook(t).Sites(); len(ids) != 0 {
		t.Errorf("kept: %v", ids)
	}
}

// A clock that was set back does not turn the order of declarations.
func TestAClockSetBackKeepsTheOrder(t *testing.T) {
	db, clock := empty(t)
	db.mustDeclare(t, person, hall(900, ""))
	clock.pass(-240 * time.Hour)
	db.mustDeclare(t, person, hall(950, ""))
	if v := db.Now().mustBook(t).Site("hall-3"); v[0].Says.RatedITKW != 950 || v[0].Recorded.Before(monday) {
		t.Errorf("%+v", v)
	}
}

// What agents said is kept with the time at which it was first heard.
func TestCardsAreKnownFromWhenTheyWereSeen(t *testing.T) {
	db, clock := empty(t)
	card := interval.Card{Site: "s", Meter: "it", ValidFrom: 100, Point: &interval.Point{Name: "IT", Role: interval.RoleIT, Data: interval.MeasuredData}}
	corrected := card
	corrected.Rev, corrected.Point = 1, &interval.Point{Name: "IT", Role: interval.RoleTotal, Data: interval.MeasuredData}
	for _, c := range [][]interval.Card{{card}, {card}, {corrected}} {
		if err := db.Observe(ctx, "s", c); err != nil {
			t.Fatal(err)
		}
		clock.pass(3600e9)
	}
	heard, err := db.heard(ctx, "s")
	if err != nil || len(heard) != 2 {
		t.Fatalf("heard: %v, %v", heard, err)
	}
	for role, until := range map[interval.Role]time.Time{interval.RoleIT: monday.Add(3600e9), interval.RoleTotal: monday.Add(4 * 3600e9)} {
		if known := lastSaid(heard, until); len(known) != 1 || known[0].ID != "s/it" || !strings.Contains(known[0].Says, `"`+string(role)+`"`) {
			t.Errorf("known at %v: %+v, want %s", until, known, role)
		}
	}
}
