package registry

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
	roleAt := func(v View) interval.Role {
		cards, err := v.Cards(ctx, "s")
		if err != nil || len(cards) != 1 {
			t.Fatalf("cards: %v, %v", cards, err)
		}
		return cards[0].Point.Role
	}
	if now, then := roleAt(db.Now()), roleAt(db.AsOf(monday.Add(3600e9))); now != interval.RoleTotal || then != interval.RoleIT {
		t.Errorf("now %s, then %s", now, then)
	}
}

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
		if err := Verify(ctx, filepath.Join(dir, FileName)); err != nil {
			t.Errorf("%s: %v", name, err)
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
