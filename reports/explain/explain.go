package explain

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// SecretError is returned for a figure that an edition keeps to itself.
type SecretError struct{ Code, Disclosure string }

// Error implements error.
func (e *SecretError) Error() string {
	return fmt.Sprintf("%s is secret in the edition %q: it prints « s », and nothing behind it is told\nhint: statistical secrecy protects single operators; -disclosure authority is for those who may see every value", e.Code, e.Disclosure)
}

var codeForm = regexp.MustCompile(`^[A-Z2-7]{8}$`)

// Explain finds the figure of a code and follows it back.
func (l *Library) Explain(ctx context.Context, code string) (*Trail, error) {
	code = strings.ToUpper(strings.TrimSpace(code))
	if !codeForm.MatchString(code) {
		return nil, fmt.Errorf("%q is no figure's code\nhint: a code has eight letters and digits, A to Z and 2 to 7, as printed beside the figure", code)
	}
	v, placed, err := l.find(ctx, code)
	if err != nil {
		return nil, err
	}
	if placed.Figure.Mark == document.Secret {
		return nil, &SecretError{code, l.Options.Disclosure}
	}
	return l.trail(ctx, v, placed)
}

// trail puts everything together.
func (l *Library) trail(ctx context.Context, v *volume, placed reports.Placed) (*Trail, error) {
	f, lang := placed.Figure, l.words.Lang
	t := &Trail{Demonstration: v.dossier.Fictitious(), Code: f.Code, Printed: f.Full(lang), Value: f.Plain(), U: f.PlainU(), Unit: f.Unit,
		Coverage: f.CoverageText(lang), Simulated: f.Simulated, figure: f, Sites: []Site{},
		Where: Where{Report: f.Place.Report, Title: v.title, Area: f.Place.Area, Period: f.Place.Period, Table: placed.Table, Row: placed.Row, Column: placed.Column}}
	basis, err := l.basis(ctx, v, f)
	if err != nil {
		return nil, err
	}
	earlier, err := l.earlier(ctx, v)
	if err != nil {
		return nil, err
	}
	if t.Filed, err = l.filed(v); err != nil {
		return nil, err
	}
	if l.exact {
		t.Sum, t.From = l.sum(v, f), l.reckonedFrom(v, f)
		columns := columnsOf(f)
		t.Hypotheses = l.hypotheses(v, f)
		for _, s := range slices.Concat(earlier, basis.sites) {
			t.Demonstration = t.Demonstration || s.Place.Fictitious
			records, err := l.recordsOf(ctx, s)
			if err != nil {
				return nil, err
			}
			t.Sites = append(t.Sites, l.siteTrail(s, records, columns))
		}
	}
	t.Withheld = !l.exact
	for _, n := range basis.networks {
		t.Networks = append(t.Networks, l.network(n, basis.sites))
	}
	t.Methods = l.methods(f, basis)
	if t.Factors, err = l.factors(v, f); err != nil {
		return nil, err
	}
	if t.Prices, err = l.prices(v, f, basis); err != nil {
		return nil, err
	}
	t.Again, err = l.again(ctx, v, f, basis)
	return t, err
}

// sum are the amounts that add up to a figure.
func (l *Library) sum(v *volume, f document.Figure) (parts []Part) {
	for _, p := range f.Guard.Parts {
		parts = append(parts, Part{Site: siteName(v.dossier, p.Site), What: l.leaf(v, p), Value: document.FormatNumber(l.words.Lang, p.Value, f.Decimals)})
	}
	return parts
}

// leaf names an amount: a heat and what divides it.
func (l *Library) leaf(v *volume, p document.Part) string {
	_, rest, _ := strings.Cut(p.Leaf, "/")
	text := l.words.Name("explain", "leaf_"+p.Kind())
	if i := strings.LastIndex(rest, "/"); p.Split != "" && i >= 0 {
		slice := l.words.Name("months", rest[i+1:])
		if p.Split == reports.ClassTable {
			slice = reports.ClassesOf(v.dossier.Options.Year).Name(l.words.Words, rest[i+1:])
		}
		text += ", " + slice
	}
	return text
}

// reckonedFrom are the figures that one follows.
func (l *Library) reckonedFrom(v *volume, f document.Figure) (others []Other) {
	for _, code := range f.Guard.Follows {
		if p, printed := v.find(code, ""); printed {
			others = append(others, Other{Code: code, Printed: p.Figure.Full(l.words.Lang), Row: p.Row, Column: p.Column})
		}
	}
	return others
}

// methods are those that the figure names, and the tiers of its sites' heat.
func (l *Library) methods(f document.Figure, b basis) (all []Method) {
	ids := strings.Split(f.Method, ", ")
	if restsOnHeat(columnsOf(f)) {
		for _, s := range b.sites {
			if s.Estimate != nil {
				for tier := range s.Estimate.ByTier {
					ids = append(ids, tier.String())
				}
			}
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		m, known := heat.MethodByID(id)
		if known {
			all = append(all, Method{ID: id, Title: m.Title, Formula: m.Formula, Source: m.Source, Status: l.words.MethodStatus(id)})
		}
	}
	return all
}

// factors are the dated factors of the area, where the figure's method uses
// some.
func (l *Library) factors(v *volume, f document.Figure) (all []Factor, err error) {
	if !slices.Contains(strings.Split(f.Method, ", "), "CO1") && f.Unit != "tCO2e" && f.Unit != "kg/kWh" {
		return nil, nil
	}
	list, err := v.dossier.Area.EmissionFactors()
	for _, x := range list {
		all = append(all, Factor{ID: x.ID, Value: x.Value, Unit: x.Unit, Year: x.Year, Set: x.Set, Source: x.Source, Status: l.words.T("status." + string(x.Status))})
	}
	return all, err
}
