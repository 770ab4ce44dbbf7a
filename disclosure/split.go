package disclosure

import (
	"cmp"
	"slices"
)

// split divides a table where no contribution, link or fact joins the cells:
// horizons and heats, mostly. An attack on one part can use nothing of
// another, so each is protected alone.
func (t *Table) split() []*Table {
	parent := map[string]string{}
	for _, id := range t.order {
		parent[id] = id
	}
	root := func(id string) string {
		for parent[id] != id {
			parent[id] = parent[parent[id]]
			id = parent[id]
		}
		return id
	}
	for _, c := range t.contributions {
		for i := 1; i < len(c.Cells) && !c.NeverListed; i++ {
			parent[root(c.Cells[i])] = root(c.Cells[0])
		}
	}
	for _, l := range t.links {
		for _, to := range l.To {
			parent[root(to)] = root(l.From)
		}
	}
	var parts []*Table
	number := map[string]int{}
	part := func(id string) *Table {
		i, seen := number[root(id)]
		if !seen {
			i = len(parts)
			number[root(id)] = i
			parts = append(parts, &Table{})
		}
		return parts[i]
	}
	for _, id := range t.order {
		part(id).Declare(id)
		if t.unprinted[id] {
			part(id).Imagine(id)
		}
	}
	for _, c := range t.contributions {
		if !c.NeverListed && len(c.Cells) > 0 {
			p := part(c.Cells[0])
			p.contributions = append(p.contributions, c)
		}
	}
	for _, f := range t.facts {
		p := part(f.Cell)
		p.facts = append(p.facts, f)
	}
	for _, l := range t.links {
		p := part(l.From)
		p.links = append(p.links, l)
	}
	return parts
}

// join puts the parts' decisions together.
func join(parts []decision) decision {
	all := decision{why: map[string]Reason{}, verdict: &Verdict{}}
	for _, p := range parts {
		for id, why := range p.why {
			all.why[id] = why
		}
		all.attempts = append(all.attempts, p.attempts...)
		all.verdict.Protected = append(all.verdict.Protected, p.verdict.Protected...)
		all.verdict.Contradicted = append(all.verdict.Contradicted, p.verdict.Contradicted...)
	}
	slices.SortStableFunc(all.verdict.Protected, func(a, b Protection) int { return cmp.Compare(b.Value, a.Value) })
	return all
}
