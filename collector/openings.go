package collector

import (
	"context"
	"slices"
	"time"

	"thermie/collector/rights"
	"thermie/configs"
	"thermie/disclosure"
	"thermie/reports"
)

// Openings implements reports.Consenter: what operators have consented to
// show to everyone, or publish by law, at a moment.
func (r *Registry) Openings(ctx context.Context, at time.Time) (all reports.Openings, err error) {
	if r.desk == nil {
		return nil, nil
	}
	consents, err := r.desk.Consents(ctx, at)
	for site, given := range consents {
		for _, c := range given {
			if c.Audience == rights.Everyone {
				all = append(all, opening(site, c))
			}
		}
	}
	slices.SortFunc(all, reports.Opening.Compare)
	return all, err
}

// opening is a consent as reports know it.
func opening(site string, c rights.Consent) reports.Opening {
	basis := disclosure.ByConsent
	if c.Basis == rights.ByLaw {
		basis = disclosure.ByLaw
	}
	return reports.Opening{Site: site, Monthly: c.Resolution >= rights.Month,
		Disclosure: disclosure.Disclosure{Basis: basis, Source: c.Source, Date: c.From.Format(time.DateOnly), Field: string(c.Field)}}
}

// readable are the fields that the reader of a page may read by its role or by
// a consent that is not for everyone.
func (v *visit) readable(sites []string) (all reports.Openings) {
	for _, site := range sites {
		for _, f := range rights.Fields {
			d := v.rights.May(v.ctx, site, f, min(rights.Year, f.Finest()))
			if d.Allowed {
				all = append(all, reports.Opening{Site: site, Monthly: d.Finest >= rights.Month, Reader: true,
					Disclosure: disclosure.Disclosure{Basis: disclosure.ByConsent, Source: d.Reason, Date: v.now().Format(time.DateOnly), Field: string(f)}})
			}
		}
	}
	return all
}

// mentioned are the sites that the reader's dossier may speak of: one that is
// never listed is in none but its own operator's, and neither opens nor closes
// a page for others.
func (v *visit) mentioned(sites []string) []string {
	who := rights.From(v.ctx)
	return slices.DeleteFunc(slices.Clone(sites), func(site string) bool {
		own := who.Role == rights.Operator && who.Covers(site)
		return !own && land{v.Server}.NeverListed(v.ctx, site)
	})
}

// edition chooses the options of a territory's dossier by who reads it: every
// value for who may see them all, else the public edition, in which the
// reader finds what it may read besides.
func (v *visit) edition(t configs.Territory, year int) (reports.Options, error) {
	o := v.options(year, t.Fictitious)
	who := rights.From(v.ctx)
	if who.Role == rights.Public {
		return o, v.deny("a collector gives its dossiers to those it knows; their public editions are published by the authority")
	}
	sites := v.mentioned(t.Sites)
	profile := v.rights.Sums(v.ctx, t.SIREN, v.readsAll(sites))
	o.Disclosure = profile.ID
	if profile.Exact {
		return o, nil
	}
	o.Openings = v.readable(sites)
	if profile.Own {
		o.Reader = v.owner(who)
	}
	return o, nil
}

// owner is the operator of an identity's sites, by SIREN; empty where they
// are not of one.
func (v *visit) owner(who rights.Identity) string {
	siren := ""
	for _, site := range who.Sites {
		place, _, err := v.registry.Place(v.ctx, site)
		if err != nil || place.OperatorSIREN == "" || siren != "" && place.OperatorSIREN != siren {
			return ""
		}
		siren = place.OperatorSIREN
	}
	return siren
}
