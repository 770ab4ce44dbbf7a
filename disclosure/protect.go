package disclosure

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// protector hides cells until every attack fails.
type protector struct {
	*model
	hidden   map[int]Reason
	cause    map[int]string // the key of the target for which a cell was hidden
	attempts []Breach       // attacks that succeeded on the way
	view     *view
	proven   map[string]bool // targets that held; hiding more cannot change that
}

// decision is what may be shown of a table, or of a part of one, by cell.
type decision struct {
	why      map[string]Reason
	attempts []Breach
	verdict  *Verdict
}

// Protect decides what a profile may show of a table, and proves it. The
// reader is the operator (by SIREN) for whom an own profile is made, else "".
// Same table, same result.
func Protect(t *Table, p Profile, reader string) (*Publication, error) {
	if err := p.Rules.check(); err != nil {
		return nil, fmt.Errorf("profile %s: %w", p.ID, err)
	}
	all := newModel(t, p.Rules)
	if p.Exact {
		return newPublication(t, all, p, reader, decision{}), nil
	}
	parts := t.split()
	decisions, errs := make([]decision, len(parts)), make([]error, len(parts))
	var work sync.WaitGroup
	for i, part := range parts {
		work.Go(func() { decisions[i], errs[i] = newModel(part, p.Rules).protect() })
	}
	work.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	d := join(decisions)
	d.verdict.Attackers = len(all.operators) + 1
	return newPublication(t, all, p, reader, d), nil
}

// protect runs all steps on a table that falls into no parts.
func (m *model) protect() (decision, error) {
	s := &protector{model: m, hidden: map[int]Reason{}, cause: map[int]string{}, proven: map[string]bool{}}
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

// suppress attacks target after target and hides the cheapest cell of each
// attack that succeeds. Hiding only adds worlds, so what held keeps holding;
// new groups make new targets, hence the rounds.
func (s *protector) suppress() error {
	for round := true; round; {
		round = false
		for _, t := range s.view.targets() {
			key := t.key()
			for !s.proven[key] {
				_, breaches := s.view.examine(t, true)
				if len(breaches) == 0 {
					s.proven[key] = true
					break
				}
				i, found := s.cheapest(breaches[0])
				if !found {
					return fmt.Errorf("protecting operator %s in %s: the attack uses no published cell", s.operators[t.operator], t.label)
				}
				attempt := s.view.name(t, breaches[0])
				attempt.Hidden = s.cells[i].id
				s.attempts = append(s.attempts, attempt)
				s.hidden[i], s.cause[i] = Secondary, key
				s.look()
				round = true
			}
		}
	}
	return nil
}

// cheapest picks, among the published cells that an attack combines, the one
// whose loss costs the reader least.
func (s *protector) cheapest(b breach) (int, bool) {
	best := -1
	for _, r := range b.rows {
		if i := s.view.rows[r].cell; i >= 0 && (best < 0 || s.cells[i].cost < s.cells[best].cost || s.cells[i].cost == s.cells[best].cost && i < best) {
			best = i
		}
	}
	return best, best >= 0
}

// byCost lists cells that were hidden for one of some reasons, dearest first.
func (s *protector) byCost(reasons ...Reason) []int {
	var out []int
	for _, i := range slices.Sorted(maps.Keys(s.hidden)) {
		if slices.Contains(reasons, s.hidden[i]) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		switch {
		case s.cells[a].cost > s.cells[b].cost:
			return -1
		case s.cells[a].cost < s.cells[b].cost:
			return 1
		}
		return 0
	})
	return out
}
