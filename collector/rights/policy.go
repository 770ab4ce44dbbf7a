package rights

import (
	"context"
	"fmt"
	"slices"
)

// Standing is what somebody is to a site.
type Standing string

// The standings.
const (
	Stranger   Standing = "stranger"
	Own        Standing = "own"        // the token names the site
	Convention Standing = "convention" // an engineer's token names it, until it expires
	Within     Standing = "within"     // the site lies in the authority's territory
	Keeper     Standing = "keeper"     // keeps the collector
)

// rule says how finely a role reads fields of the sites that it stands to in
// one way.
type rule struct {
	role     Role
	standing Standing
	fields   []Field
	finest   Resolution
	because  string
}

// rules is everything that a role reads without anybody's consent; who is
// not in it, and what is not, needs one. RIGHTS.md is checked against it.
//
// An authority reads who is there, and sums of its territory (see Sums). What
// it holds may be asked of it by anyone (CRPA L. 311-1), so single figures
// come by consent or by release.
var rules = []rule{
	{Admin, Keeper, Fields, Interval, "keeps this collector"},
	{Agent, Own, Fields, Interval, "the site's own agent"},
	{Operator, Own, Fields, Interval, "the operator's own site"},
	{Engineer, Convention, []Field{Name, Location, ITPower, Heat, FirmPower, Temperature, Electricity}, Hour, "a convention that has not expired"},
	{Authority, Within, []Field{Name}, Once, "a site of the authority's territory"},
}

// Question is what somebody asks of one site.
type Question struct {
	Who         Identity
	Standing    Standing
	Site        string
	Field       Field
	Resolution  Resolution
	NeverListed bool                 // nobody but its own people may learn that the site is there
	Consents    []Consent            // in force, of this site
	Released    map[Field]Resolution // all that is here of a site released to this collector; nil for its own sites
}

// hold notes a received release: what its audience may read, and all that
// anyone can.
func (q *Question) hold(r Release) {
	q.Consents = append(q.Consents, r.consents()...)
	if q.Released == nil {
		q.Released = map[Field]Resolution{}
	}
	for f, resolution := range r.Fields {
		q.Released[f] = max(q.Released[f], resolution)
	}
}

// Decision is the answer, with what it rests on.
type Decision struct {
	Allowed bool
	Finest  Resolution // what would be allowed, Nothing if nothing
	Reason  string
}

// Decide answers q: the finest of what the role and the consents grant.
func Decide(q Question) Decision {
	if q.NeverListed && (q.Standing == Stranger || q.Standing == Within) {
		return refused(q, Nothing)
	}
	finest, reason := Nothing, ""
	consider := func(r Resolution, because string) {
		if r = min(r, q.Field.Finest()); r > finest {
			finest, reason = r, because
		}
	}
	for _, r := range rules {
		if q.Released != nil && q.Standing == Convention {
			break // the convention is with this collector; the operator named its own as the audience
		}
		if r.role == q.Who.Role && r.standing == q.Standing && slices.Contains(r.fields, q.Field) {
			consider(r.finest, r.because)
		}
	}
	for _, c := range q.Consents {
		if c.Field == q.Field && c.reaches(q.Who) {
			consider(c.Resolution, fmt.Sprintf("%s %s", c.Basis, c.ID))
		}
	}
	if q.Released != nil {
		finest = min(finest, q.Released[q.Field])
	}
	if asked := min(q.Resolution, q.Field.Finest()); asked == Nothing || asked > finest {
		return refused(q, finest)
	}
	return Decision{Allowed: true, Finest: finest, Reason: reason}
}

// refused words a refusal so that it tells nothing of the site, not even
// whether there is one.
func refused(q Question, finest Resolution) Decision {
	who := "without a token"
	if q.Who.Role != Public {
		who = fmt.Sprintf("as %s (%s)", q.Who.Role, q.Who.Holder)
	}
	reason := fmt.Sprintf("%s you may not read %s of site %s by %s", who, q.Field, q.Site, q.Resolution)
	if finest > Nothing {
		reason += fmt.Sprintf(", only by %s", finest)
	}
	return Decision{Finest: finest, Reason: reason}
}

// standing says what who is to a site.
func (d *Desk) standing(ctx context.Context, who Identity, site string) Standing {
	switch {
	case who.Role == Admin:
		return Keeper
	case who.Role == Authority && d.lies(ctx, site, who.Territories):
		return Within
	case who.Role == Engineer && who.Covers(site):
		return Convention
	case (who.Role == Operator || who.Role == Agent) && who.Covers(site):
		return Own
	}
	return Stranger
}

// Land knows where sites lie; the registry does.
type Land interface {
	SitesOf(siren string) []string // of a territory
	NeverListed(ctx context.Context, site string) bool
}
