package explain

import (
	"context"
	"fmt"
	"slices"

	"thermie/reports/document"
)

// again reads the records once more and computes the figure from them: from
// those of its own sites alone, where no other site has a say in it.
func (l *Library) again(ctx context.Context, v *volume, f document.Figure, b basis) (Again, error) {
	s := v.shelf
	s.again = true
	if !b.joint && l.exact && s.report == "pcaet" {
		s.of = []string{}
		for _, site := range b.sites {
			s.of = append(s.of, site.ID)
		}
		slices.Sort(s.of)
	}
	twin, err := l.open(ctx, s)
	if err != nil {
		return Again{}, fmt.Errorf("computing %s again: %w", f.Code, err)
	}
	inputs, err := twin.dossier.Inputs()
	if err != nil {
		return Again{}, err
	}
	out := Again{Inputs: inputs.String(), Sites: []string{}}
	for _, site := range twin.dossier.Sites {
		out.Records += site.Records
		if l.exact {
			out.Sites = append(out.Sites, site.ID)
		}
	}
	if p, printed := twin.find(f.Code, f.Unit); printed {
		out.Printed = p.Figure.Full(l.words.Lang)
		out.Same = out.Printed == f.Full(l.words.Lang) && p.Figure.Mark == f.Mark
	}
	return out, nil
}
