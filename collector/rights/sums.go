package rights

import (
	"context"
	"slices"

	"thermie/disclosure"
)

// Sums returns the disclosure profile with which ctx's identity reads the
// sums of a territory. They are exact to who keeps the collector and to the
// territory's authority where they may read all the figures that its report
// gives of single sites: from exact sums the others could be subtracted. To
// everyone else they are protected.
func (d *Desk) Sums(ctx context.Context, siren string, all bool) disclosure.Profile {
	who := From(ctx)
	switch {
	case all && (who.Role == Admin || who.Role == Authority && slices.Contains(who.Territories, siren)):
		return disclosure.Authority
	case who.Role == Operator:
		return disclosure.Operator
	}
	return disclosure.Public
}
