package rights

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestEachRoleReadsItsOwn(t *testing.T) {
	o := newOffice(t, Limits{})
	o.may(operator, "paris-1", Records, Interval, true)
	o.may(operator, "paris-2", Name, Once, false)
	o.may(engineer, "paris-1", Heat, Hour, true)
	o.may(engineer, "paris-1", Heat, Interval, false)
	o.may(engineer, "paris-1", Records, Hour, false)
	o.may(engineer, "paris-2", Heat, Year, false)
	o.may(authority, "paris-1", Name, Once, true)
	o.may(authority, "paris-1", Heat, Year, false)
	o.may(authority, "lyon-1", Name, Once, false)
	o.may(anyone, "paris-1", Name, Once, false)
	o.may(local, "lyon-1", Records, Interval, true)
	o.may(operator, "paris-1", Heat, Nothing, false)
	o.may(operator, "paris-1", "blood_pressure", Year, false)
}

func TestAConsentOpensOneFieldForOneAudienceBetweenItsDates(t *testing.T) {
	o := newOffice(t, Limits{})
	ctx := context.Background()
	begin := o.time
	c, err := o.Give(ctx, Consent{Site: "paris-1", Field: Heat, Resolution: Month, Audience: "authority:999000012",
		Basis: ByConsent, Source: "lettre du 3 mars 2026", Until: begin.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	o.may(authority, "paris-1", Heat, Year, true)
	o.may(authority, "paris-1", Heat, Month, true)
	o.may(authority, "paris-1", Heat, Hour, false)
	o.may(authority, "paris-1", Temperature, Year, false)
	o.may(authority, "paris-2", Heat, Year, false)
	o.may(anyone, "paris-1", Heat, Year, false)
	o.time = begin.Add(-time.Second)
	o.may(authority, "paris-1", Heat, Year, false)
	o.time = begin.AddDate(1, 0, 0)
	o.may(authority, "paris-1", Heat, Year, false)

	o.time = begin.AddDate(0, 6, 0)
	if err := o.Withdraw(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	o.may(authority, "paris-1", Heat, Year, false)
	filed, err := o.Consents(ctx, begin.AddDate(0, 3, 0))
	if err != nil || len(filed["paris-1"]) != 1 {
		t.Errorf("a report filed before the withdrawal lost its ground: %v, %v", filed, err)
	}
	if now, err := o.Consents(ctx, o.time); err != nil || len(now) != 0 {
		t.Errorf("after the withdrawal: %v, %v", now, err)
	}
	if err := o.Withdraw(ctx, c.ID); err == nil || !strings.Contains(err.Error(), "thermie consent list") {
		t.Errorf("withdrawn twice: %v", err)
	}
}

func TestWhatIsPublicByLawIsEveryones(t *testing.T) {
	o := newOffice(t, Limits{})
	if _, err := o.Give(context.Background(), Consent{Site: "paris-1", Field: Electricity, Resolution: Year, Audience: Everyone,
		Basis: ByLaw, Source: "https://dc.example.fr/2026"}); err != nil {
		t.Fatal(err)
	}
	o.may(anyone, "paris-1", Electricity, Year, true)
	o.may(authority, "paris-1", Electricity, Year, true)
	o.may(Identity{Role: Operator, Sites: []string{"other"}}, "paris-1", Electricity, Year, true)
	o.may(anyone, "paris-1", Electricity, Month, false)
}

// A site that is never listed is refused like one that does not exist,
// whatever was consented.
func TestTheNeverListedSiteIsLikeNone(t *testing.T) {
	o := newOffice(t, Limits{})
	if _, err := o.Give(context.Background(), Consent{Site: "bunker", Field: Name, Resolution: Once, Audience: Everyone, Basis: ByConsent, Source: "x"}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []Identity{anyone, authority} {
		there := o.May(With(context.Background(), who), "bunker", Name, Once)
		none := o.May(With(context.Background(), who), "nowhere", Name, Once)
		if there.Allowed || strings.ReplaceAll(there.Reason, "bunker", "nowhere") != none.Reason {
			t.Errorf("%s can tell: %+v, %+v", who.Role, there, none)
		}
	}
	o.may(Identity{Role: Operator, Sites: []string{"bunker"}}, "bunker", Records, Interval, true)
}

func TestConsentsThatMakeNoSenseAreNotRecorded(t *testing.T) {
	o := newOffice(t, Limits{})
	good := Consent{Site: "paris-1", Field: Heat, Resolution: Year, Audience: Everyone, Basis: ByConsent, Source: "lettre"}
	for hint, spoil := range map[string]func(*Consent){
		"-site":        func(c *Consent) { c.Site = "" },
		"not one of":   func(c *Consent) { c.Field = "soul" },
		"told by once": func(c *Consent) { c.Field, c.Resolution = Location, Year },
		"audience":     func(c *Consent) { c.Audience = "authority:" },
		"-source":      func(c *Consent) { c.Source = "" },
		"https":        func(c *Consent) { c.Basis = ByLaw },
		"before it be": func(c *Consent) { c.Until = o.time.AddDate(-1, 0, 0) },
	} {
		c := good
		spoil(&c)
		if _, err := o.Give(context.Background(), c); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: %v", hint, err)
		}
	}
}
