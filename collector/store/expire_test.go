package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// Of a plant seen in two summers, the first expires: its intervals go, its
// hours and days stay as they were, and follow a corrected card.
func TestRollupsOutliveTheirIntervals(t *testing.T) {
	ctx := context.Background()
	e := restatedPlant(t)
	e.retention = configs.Retention{IntervalsDays: 200}
	before, err := e.Hours(ctx, "paris-1", beginning, end)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Expire(ctx, time.Unix(noon+3*86400, 0)); err != nil {
		t.Fatal(err)
	}

	summer := time.Unix(noon-200*86400, 0)
	old, err := e.Records(ctx, "paris-1", beginning, summer)
	old = slices.DeleteFunc(old, func(r interval.Record) bool { return r.Length >= 3600 }) // are hours themselves
	if err != nil || len(old) > 0 {
		t.Errorf("%d old intervals are left, %v", len(old), err)
	}
	cards := plantCards()
	check := func(when string) {
		t.Helper()
		hours, err := e.Hours(ctx, "paris-1", beginning, end)
		if err != nil || !slices.EqualFunc(hours, before, interval.Record.Same) {
			t.Errorf("%s: %d hours were %d, %v", when, len(hours), len(before), err)
		}
		days, err := e.Days(ctx, "paris-1", beginning, end)
		b := boundaryOf("paris-1", cards)
		first, last := civilRange(beginning, end)
		if want := b.balances(first, last, before); err != nil || !slices.Equal(days, want) {
			t.Errorf("%s: the days are\n%+v\nwant\n%+v, %v", when, days, want, err)
		}
		if faults := verifyFaults(t, e); faults != "" {
			t.Errorf("%s: %s", when, faults)
		}
	}
	check("expired")

	point := *cards[1].Point
	point.Role = interval.RoleCooling
	cards[1].Point, cards[1].Rev = &point, 1
	if err := e.Append(ctx, Batch{Cards: cards[1:2]}); err != nil {
		t.Fatal(err)
	}
	check("with a corrected card")
	if err := e.Restate(ctx); err != nil {
		t.Fatal(err)
	}
	check("restated")
	if err := e.RestateAll(ctx); err != nil {
		t.Fatal(err)
	}
	check("all restated")

	var refused *Refused
	err = e.Append(ctx, Batch{Records: []interval.Record{rec(noon+90*86400, 1), rec(noon-365*86400, 2)}})
	if !errors.As(err, &refused) || len(refused.Lines) != 1 || refused.Lines[0].Index != 1 || !strings.Contains(err.Error(), "have expired") {
		t.Errorf("a line of an expired day: %v", err)
	}
	if recs, err := e.Records(ctx, "paris-1", time.Unix(noon+90*86400, 0), end); err != nil || len(recs) != 1 {
		t.Errorf("the line beside it: %v, %v", recs, err)
	}
}

// A clock that runs years ahead empties nothing.
func TestAWrongClockExpiresNothing(t *testing.T) {
	e := restatedPlant(t)
	e.retention = configs.Retention{IntervalsDays: 600, RollupsDays: 600}
	before := recordsOf(t, e)
	if err := e.Expire(context.Background(), time.Unix(noon+20*365*86400, 0)); err != nil {
		t.Fatal(err)
	}
	if after := recordsOf(t, e); !slices.EqualFunc(after, before, interval.Record.Same) {
		t.Errorf("%d intervals became %d", len(before), len(after))
	}
}

// Roll-ups and balances expire too, if someone asks for it.
func TestRollupsExpire(t *testing.T) {
	ctx := context.Background()
	e := restatedPlant(t)
	e.retention = configs.Retention{IntervalsDays: 200, RollupsDays: 200}
	if err := e.Expire(ctx, time.Unix(noon+rand.Int64N(1000), 0)); err != nil {
		t.Fatal(err)
	}
	days, err := e.Days(ctx, "paris-1", beginning, end)
	if err != nil || len(days) == 0 || days[0].Date.Year() != 2025 {
		t.Errorf("days %v, %v", days, err)
	}
	if faults := verifyFaults(t, e); faults != "" {
		t.Error(faults)
	}
}
