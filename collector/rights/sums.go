package rights

import (
	"context"
	"slices"

	"thermie/disclosure"
)

// Sums returns the disclosure profile with which ctx's identity reads the
// sums of a territory: exact to who keeps the collector and to the territory's
// authority, protected to everyone else.
func (d *Desk) Sums(ctx context.Context, siren string) disclosure.Profile {
	who := From(ctx)
	switch {
	case who.Role == Admin, who.Role == Authority && slices.Contains(who.Territories, siren):
		return disclosure.Authority
	case who.Role == Operator:
		return disclosure.Operator
	}
	return disclosure.Public
}
