package rights

import (
	"context"
	"slices"
	"time"
)

// Role is as what somebody asks.
type Role string

// The roles, by the profiles of package disclosure; an agent speaks for one
// site's meters, an admin keeps the collector.
const (
	Public    Role = "public" // nobody that we know
	Agent     Role = "agent"
	Operator  Role = "operator"
	Engineer  Role = "engineer"
	Authority Role = "authority"
	Admin     Role = "admin"
)

// Roles lists the roles that a token can have.
var Roles = []Role{Agent, Operator, Engineer, Authority, Admin}

// Identity is who asks.
type Identity struct {
	ID          string // of the token, as thermie token list shows it
	Holder      string // the person or body that it was given to
	Role        Role
	Sites       []string  // of an agent, an operator, an engineer
	Territories []string  // of an authority, by SIREN
	Convention  string    // the paper that an engineer reads under
	Expires     time.Time // zero: never
}

// anyone is who shows nothing.
var anyone = Identity{ID: "-", Holder: "public", Role: Public}

// local is a person on the machine itself: whoever can open the collector's
// loopback address there. See Desk.Identify for who counts as one.
var local = Identity{ID: "-", Holder: "this machine", Role: Admin}

// Covers reports whether the token names the site.
func (i Identity) Covers(site string) bool { return slices.Contains(i.Sites, site) }

type contextKey struct{}

// With returns ctx in the name of who.
func With(ctx context.Context, who Identity) context.Context {
	return context.WithValue(ctx, contextKey{}, who)
}

// From returns in whose name ctx runs: the public's where nobody said.
func From(ctx context.Context) Identity {
	if who, ok := ctx.Value(contextKey{}).(Identity); ok {
		return who
	}
	return anyone
}
