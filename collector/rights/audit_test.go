package rights

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func (o *office) log() (all []Entry, err error) {
	o.t.Helper()
	err = o.Audit(context.Background(), func(e Entry) error { all = append(all, e); return nil })
	return all, err
}

func TestTheLogSaysWhoReadAndChangedWhat(t *testing.T) {
	o := newOffice(t, Limits{})
	made, secret := o.token(operator)
	o.expect(o.ask(secret), http.StatusOK, "")
	log, err := o.log()
	if err != nil || len(log) != 2 {
		t.Fatalf("%v, %v", log, err)
	}
	created, read := log[0], log[1]
	if created.Act != "token created" || created.Object != made.ID || created.Origin != "command" {
		t.Errorf("%+v", created)
	}
	if read.Act != "read" || read.Who != made.ID || read.Holder != "Opérateur" || read.Object != "/site/paris-1?year=2025" ||
		read.Origin != "192.0.2.1" || read.Detail != "GET 200" {
		t.Errorf("%+v", read)
	}
}

func TestTheLogIsOnlyAddedTo(t *testing.T) {
	o := newOffice(t, Limits{})
	o.token(operator)
	for _, change := range []string{"UPDATE audit SET holder = 'nobody'", "DELETE FROM audit"} {
		if _, err := o.db.Exec(change); err == nil || !strings.Contains(err.Error(), "only added to") {
			t.Errorf("%s: %v", change, err)
		}
	}
}

// Whoever can write the file can take the triggers away, but not alter a row
// without the chain telling which.
func TestAnAlteredLogIsNoticed(t *testing.T) {
	for name, alter := range map[string]string{
		"altered": "UPDATE audit SET holder = 'somebody else' WHERE seq = 2",
		"removed": "DELETE FROM audit WHERE seq = 2",
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, Limits{})
			for range 4 {
				o.token(operator)
			}
			if _, err := o.db.Exec("DROP TRIGGER audit_stays; DROP TRIGGER audit_keeps; " + alter); err != nil {
				t.Fatal(err)
			}
			log, err := o.log()
			var broken BrokenChain
			if !errors.As(err, &broken) || broken.Seq < 2 || broken.Seq > 3 || len(log) < 3 {
				t.Errorf("%v with %d entries", err, len(log))
			}
		})
	}
}

// What cannot be noted is not shown.
func TestNoReadWithoutANote(t *testing.T) {
	o := newOffice(t, Limits{})
	_, secret := o.token(operator)
	if _, err := o.db.Exec("DROP TABLE audit"); err != nil {
		t.Fatal(err)
	}
	w := o.ask(secret)
	o.expect(w, http.StatusServiceUnavailable, "noted")
	if strings.Contains(w.Body.String(), "Opérateur") {
		t.Error("the answer left all the same")
	}
}

// Two processes add to one chain.
func TestTwoProcessesWriteOneChain(t *testing.T) {
	o := newOffice(t, Limits{})
	second := o.open(Limits{})
	done := make(chan error)
	for _, d := range []*Desk{o.Desk, second} {
		go func() {
			var err error
			for range 20 {
				err = errors.Join(err, d.Note(context.Background(), "read", "x", ""))
			}
			done <- err
		}()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Fatal(err)
	}
	if log, err := o.log(); err != nil || len(log) != 40 {
		t.Errorf("%d entries, %v", len(log), err)
	}
}

func TestALaterDatabaseIsNotGuessedAt(t *testing.T) {
	o := newOffice(t, Limits{})
	if _, err := o.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if db, err := openDatabase(context.Background(), o.file); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("%v, %v", db, err)
	}
}
