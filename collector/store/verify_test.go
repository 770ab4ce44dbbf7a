package store

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
)

// verifyFaults verifies the store and returns what is wrong.
func verifyFaults(t *testing.T, e *Embedded) (faults string) {
	t.Helper()
	v, err := e.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Faults {
		faults += f.What + " (" + f.Hint + ")\n"
	}
	return faults
}

// restatedPlant is a store with a plant's intervals, all of it computed.
func restatedPlant(t *testing.T) *Embedded {
	t.Helper()
	e, err := OpenEmbedded(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	recs := firstOfEach(plantRecords(rand.New(rand.NewPCG(3, 3)), 600))
	if err := e.Append(context.Background(), Batch{Cards: plantCards(), Records: recs}); err != nil {
		t.Fatal(err)
	}
	for _, work := range []func(*Embedded) error{foldAll, restateAll} {
		if err := work(e); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// What waits in the inbox changes days whose balances are those of before.
func TestVerifyDoesNotMistakeWhatWaitsForDamage(t *testing.T) {
	e := restatedPlant(t)
	e.folding.Lock() // it waits
	defer e.folding.Unlock()
	late := firstOfEach(plantRecords(rand.New(rand.NewPCG(5, 5)), 20))
	for i := range late {
		late[i].Rev += 3
	}
	appendAll(t, e, late...)
	if faults := verifyFaults(t, e); faults != "" {
		t.Errorf("a sound store is said to have\n%s", faults)
	}
}

// Every kind of damage is found, named, and comes with what to do.
func TestVerifyFindsDamage(t *testing.T) {
	e := restatedPlant(t)
	if faults := verifyFaults(t, e); faults != "" {
		t.Fatalf("a sound store is said to have\n%s", faults)
	}
	for name, c := range map[string]struct{ damage, want string }{
		"a bit of a block":    {"UPDATE block SET data = CAST(substr(data, 1, 20) || x'ff' || substr(data, 22) AS BLOB) WHERE id = (SELECT min(id) FROM block)", "its checksum does not match"},
		"a lost block":        {"DELETE FROM block WHERE id = (SELECT max(id) FROM block)", "intervals were counted"},
		"a strange block":     {"UPDATE block SET id = id + (1 << 40) WHERE id = (SELECT max(id) FROM block)", "belongs to no series"},
		"a changed balance":   {"UPDATE balance SET e_it_kwh = e_it_kwh + 1 WHERE e_it_kwh > 0", "-restate"},
		"a lost balance":      {"DELETE FROM balance WHERE day = (SELECT max(day) FROM balance)", "the balance of paris-1 on 2025-07-04"},
		"an invented balance": {"INSERT INTO balance (site, day, e_dc_is_sum_of_parts, simulated) VALUES (1, 20280, 0, 0)", "a balance on 2025-07-11 and no intervals"},
		"a lost roll-up":      {"DELETE FROM rollup WHERE id = (SELECT max(id) FROM rollup)", "month of 2025-07-01, is not there"},
		"a changed sum":       {"UPDATE month_sum SET e_it_kwh = e_it_kwh + 1 WHERE e_it_kwh > 0", "the sums of paris-1, month of 2025-07-01"},
		"an unreadable card":  {"UPDATE card SET line = 'card,site=' WHERE meter = 'it'", "site paris-1: "},
		"a damaged line":      {"INSERT INTO inbox (id, sites, lines) VALUES (1000, x'01e8071e', zeroblob(30))", "inbox row 1000"},
		"an inbox cut short":  {"INSERT INTO inbox (id, sites, lines) VALUES (1000, x'01e8', zeroblob(30))", "inbox row 1000"},
	} {
		t.Run(name, func(t *testing.T) {
			e := restatedPlant(t)
			if err := e.submit(context.Background(), func(w *writer) error {
				_, err := w.conn.ExecContext(context.Background(), c.damage)
				return err
			}, nil); err != nil {
				t.Fatal(err)
			}
			beside, err := OpenEmbeddedReadOnly(e.dir)
			if err != nil {
				t.Fatal(err)
			}
			defer beside.Close()
			faults := verifyFaults(t, beside)
			if !strings.Contains(faults, c.want) {
				t.Errorf("found\n%swant %q", faults, c.want)
			}
			if strings.Contains(c.want, "-restate") || strings.Contains(c.want, "balance") || strings.Contains(c.want, "month of") {
				if err := e.RestateAll(context.Background()); err != nil {
					t.Fatal(err)
				}
				if faults := verifyFaults(t, e); faults != "" {
					t.Errorf("restated, it still has\n%s", faults)
				}
			}
		})
	}
}
