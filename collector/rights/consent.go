package rights

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Basis is why a field may be told.
type Basis string

// The bases.
const (
	ByConsent Basis = "consent" // the operator's signed consent
	ByLaw     Basis = "law"     // the operator publishes it itself (C. énergie L. 236-1); Source is the page
)

// Everyone is the audience of what is public.
const Everyone = "public"

// Consent lets one audience read one field of one site, down to a
// resolution, from a day until another.
type Consent struct {
	ID         string     `json:"id"`
	Site       string     `json:"site"`
	Field      Field      `json:"field"`
	Resolution Resolution `json:"resolution"`
	Audience   string     `json:"audience"` // public, authority:SIREN, engineer: and a token or a convention
	Basis      Basis      `json:"basis"`
	Source     string     `json:"source"` // the paper that was signed, or the page
	From       time.Time  `json:"from"`
	Until      time.Time  `json:"until,omitzero"`     // zero: until withdrawn
	Withdrawn  time.Time  `json:"withdrawn,omitzero"` // zero: stands
}

// InForce reports whether the consent stands at a moment. What was withdrawn
// later stood before: a filing of that time keeps its ground.
func (c Consent) InForce(at time.Time) bool {
	return !at.Before(c.From) && (c.Until.IsZero() || at.Before(c.Until)) && (c.Withdrawn.IsZero() || at.Before(c.Withdrawn))
}

// reaches reports whether who is of the consent's audience. What the public
// may read, everyone may.
func (c Consent) reaches(who Identity) bool {
	kind, name, _ := strings.Cut(c.Audience, ":")
	switch {
	case c.Audience == Everyone:
		return true
	case kind == string(Authority):
		return who.Role == Authority && slices.Contains(who.Territories, name)
	case kind == string(Engineer):
		return who.Role == Engineer && (who.ID == name || who.Convention == name)
	}
	return false
}

// check says what is wrong with a consent.
func (c Consent) check() error {
	kind, name, _ := strings.Cut(c.Audience, ":")
	_, err := ParseField(string(c.Field))
	switch {
	case err != nil:
		return fmt.Errorf("field %w", err)
	case c.Site == "":
		return errors.New("a consent is for a site (hint: -site ID)")
	case c.Resolution == Nothing || c.Resolution > c.Field.Finest():
		return fmt.Errorf("%s is told by %s at the finest", c.Field, c.Field.Finest())
	case c.Audience != Everyone && (name == "" || kind != string(Authority) && kind != string(Engineer)):
		return fmt.Errorf("audience %q is not one of public, authority:SIREN, engineer:TOKEN, engineer:CONVENTION", c.Audience)
	case c.Basis != ByConsent && c.Basis != ByLaw:
		return fmt.Errorf("basis %q is not one of consent, law", c.Basis)
	case c.Source == "":
		return errors.New("say where the consent can be read (hint: -source, the paper that was signed, or the page where the operator publishes it)")
	case c.Basis == ByLaw && !strings.HasPrefix(c.Source, "https://") && !strings.HasPrefix(c.Source, "http://"):
		return errors.New("what is public by law is published on a page (hint: -source https://…)")
	case !c.Until.IsZero() && !c.From.Before(c.Until):
		return errors.New("the consent ends before it begins")
	}
	return nil
}
