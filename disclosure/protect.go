package disclosure

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// protector hides cells until every attack fails.
type protector struct {
	*model
	hidden   map[int]Reason
	foiled   map[int]attack // why a secondary cell was hidden
	attempts []Breach       // attacks that succeeded on the way
	view     *view
	proven   map[string]bool // targets that held; hiding more cannot change that
}

// attack is one that succeeded until a cell was hidden.
type attack struct {
	target string // its key
	cells  []int  // published, that it combined
}

// decision is what may be shown of a table, or of a part of one, by cell.
type decision struct {
	why      map[string]Reason
	attempts []Breach
	verdict  *Verdict
}

// Protect decides what a profile may show of a table under some rules, and
// proves it. Same table, same result. Rules that are no rules are an error.
func Protect(t *Table, p Profile, r Rules) (*Publication, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	all := newModel(t, r)
	if p.Exact {
		return newPublication(all, p, decision{}), nil
	}
	parts := t.split()
	decisions, errs := make([]decision, len(parts)), make([]error, len(parts))
	var work sync.WaitGroup
	for i, part := range parts {
		work.Go(func() { decisions[i], errs[i] = newModel(part, r).protect() })
	}
	work.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	d := join(decisions)
	d.verdict.Attackers = len(all.operators) + 1
	return newPublication(all, p, d), nil
}

// protect runs all steps on a table that falls into no parts.
func (m *model) protect() (decision, error) {
	s := &protector{model: m, hidden: map[int]Reason{}, foiled: map[int]attack{}, proven: map[string]bool{}}
	for i, c := range m.cells {
		if why := m.sensitive(c); why != "" {
			s.hidden[i] = why
		}
	}
	s.look()
	if err := s.suppress(); err != nil {
		return decision{}, err
	}
	s.restore()
	d := decision{why: map[string]Reason{}, attempts: s.attempts, verdict: s.view.attack()}
	if !d.verdict.Proven() {
		return decision{}, fmt.Errorf("protecting the tables: the last attack succeeded: %v", d.verdict.Breaches[0])
	}
	for i, why := range s.hidden {
		d.why[s.cells[i].id] = why
	}
	return d, nil
}

// printed is what attackers see now, exact to the last digit: rounding is no
// protection.
func (s *protector) printed() map[int]Interval {
	shown := map[int]Interval{}
	for i, c := range s.cells {
		if s.hidden[i] == "" {
			shown[i] = Interval{c.total(), c.total()}
		}
	}
	return shown
}

func (s *protector) look() { s.view = s.newView(s.printed()) }

// suppress attacks target after target and hides the smallest cell of each
// attack that succeeds. Hiding only adds worlds, so what held keeps holding;
// new groups make new targets, hence the rounds.
func (s *protector) suppress() error {
	for round := true; round; {
		round = false
		for _, t := range s.view.targets() {
			for !s.proven[t.key] {
				_, breaches := s.view.examine(t, true)
				if len(breaches) == 0 {
					s.proven[t.key] = true
					break
				}
				if err := s.foil(t, breaches[0]); err != nil {
					return err
				}
				round = true
			}
		}
	}
	return nil
}

// foil hides the smallest of the published cells that an attack combines, so
// that totals go last.
func (s *protector) foil(t target, b breach) error {
	a := attack{target: t.key}
	for _, r := range b.rows {
		if i := s.view.rows[r].cell; i >= 0 {
			a.cells = append(a.cells, i)
		}
	}
	if len(a.cells) == 0 {
		return fmt.Errorf("protecting operator %s in %s: the attack uses no published cell", s.operators[t.operator], t.label)
	}
	smallest := slices.MinFunc(a.cells, func(x, y int) int { return cmp.Or(cmp.Compare(s.cells[x].total(), s.cells[y].total()), x-y) })
	attempt := s.view.name(t, b)
	attempt.Hidden = s.cells[smallest].id
	s.attempts = append(s.attempts, attempt)
	s.hidden[smallest], s.foiled[smallest] = Secondary, a
	s.look()
	return nil
}
