package reports

import (
	"slices"
	"testing"
	"time"
)

// Every rule says where it comes from, or why it is as it is; and the rules of
// one id stand by rising date.
func TestARuleOfSecrecyAnswersForItself(t *testing.T) {
	all, err := secrecyRules()
	if err != nil {
		t.Fatal(err)
	}
	fr, _ := bothLanguages(t)
	last := map[string]string{}
	for _, r := range all {
		if read := r.Seen != ""; r.Source == "" || read != (r.Status == Read) || read == (r.Reason != "") {
			t.Errorf("rule %s: status %s, source %q, read on %q, reason %q", r.ID, r.Status, r.Source, r.Seen, r.Reason)
		}
		if _, err := time.Parse(time.DateOnly, r.Since); err != nil || r.Since <= last[r.ID] {
			t.Errorf("rule %s since %q, behind one since %q", r.ID, r.Since, last[r.ID])
		}
		last[r.ID] = r.Since
		for _, key := range []string{"edition.rule_", "edition.rule_source_"} {
			if !fr.Has(key + r.ID) {
				t.Errorf("no text for %s%s", key, r.ID)
			}
		}
	}
}

// Every relation speaks of kinds of energy, in shares that leave something
// open or state an identity, and says where it comes from; a fuller relation
// stands above those that follow from it.
func TestARelationAnswersForItself(t *testing.T) {
	all, err := relations()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{} // terms of the relations so far, by what they are of
	for _, r := range all {
		_, err := time.Parse(time.DateOnly, r.Since)
		if err != nil || r.ID == "" || r.Of == "" || len(r.Takes) == 0 || r.Source == "" || r.Status != Own || r.Each != EachSite && r.Each != EachConnection {
			t.Errorf("%+v: %v", r, err)
		}
		if r.LeastPercent < 0 || r.LeastPercent > r.MostPercent || r.MostPercent == 0 {
			t.Errorf("relation %s: from %d to %d %%", r.ID, r.LeastPercent, r.MostPercent)
		}
		if fewest, known := seen[r.Of]; known && len(r.Takes) > fewest {
			t.Errorf("relation %s is fuller than one above it", r.ID)
		}
		seen[r.Of] = len(r.Takes)
	}
}

// An older report keeps the rules of its own day; one from before the first
// rule keeps the first.
func TestTheRuleOfTheDayHolds(t *testing.T) {
	type rule struct{ id, since string }
	table := []rule{{"few", "2026-01-01"}, {"share", "2026-01-01"}, {"few", "2030-01-01"}}
	for day, want := range map[string][]rule{
		"2020-05-05": {table[0], table[1]},
		"2029-12-31": {table[0], table[1]},
		"2030-01-01": {table[1], table[2]},
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := inForce(table, at, func(r rule) (string, string) { return r.id, r.since }); !slices.Equal(got, want) {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
}
