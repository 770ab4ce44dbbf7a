package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// model is a table made ready for attacks: operators and cells by number,
// contributions that count in the same cells drawn together.
type model struct {
	rules        Rules
	operators    []string
	cells        []cell
	atoms        []atom
	facts        []row
	contradicted []string
	unpublished  *view // what is known before anything is published
	memory       memory

	standing []target        // that every view has; see lasting
	stands   map[string]bool // by key
}

// cell is what a table can show.
type cell struct {
	id      string
	atoms   []int  // its secret contributions
	secret  Amount // their sum
	open    Amount // what is public of it anyway
	sources []Disclosure
	unseen  bool // nobody prints it
}

func (c cell) total() Amount { return c.secret + c.open }

// atom is the secret amount of one operator in one set of cells, the smallest
// thing that a linear attack can tell apart.
type atom struct {
	operator  int
	value     Amount
	low, high Amount // what everyone knows of it
	cells     []int
}

// newModel numbers the table's parts. Never-listed sites are left out here,
// before anything is counted; public contributions become constants.
func newModel(t *Table, r Rules) *model {
	m := &model{rules: r, memory: newMemory()}
	number := map[string]int{}
	for i, id := range t.order {
		number[id] = i
		m.cells = append(m.cells, cell{id: id, unseen: t.unprinted[id]})
	}
	listed := slices.DeleteFunc(slices.Clone(t.contributions), func(c Contribution) bool { return c.NeverListed })
	m.operators = operatorsOf(listed)
	known := map[string]int{}
	for _, c := range listed {
		if c.Disclosed != nil {
			m.open(c, number)
			continue
		}
		who, _ := slices.BinarySearch(m.operators, c.Operator)
		key := fmt.Sprint(who, " ", strings.Join(c.Cells, "\x00"))
		i, seen := known[key]
		if !seen {
			i = len(m.atoms)
			known[key] = i
			m.atoms = append(m.atoms, m.newAtom(i, who, c.Cells, number))
		}
		m.atoms[i].value += c.Value
	}
	for _, a := range m.atoms {
		for _, c := range a.cells {
			m.cells[c].secret += a.value
		}
	}
	m.learn(t, number)
	return m
}

// open counts a contribution that is public by law or by consent.
func (m *model) open(c Contribution, number map[string]int) {
	for _, id := range c.Cells {
		to := &m.cells[number[id]]
		to.open += c.Value
		at, found := slices.BinarySearchFunc(to.sources, *c.Disclosed, compareDisclosures)
		if !found {
			to.sources = slices.Insert(to.sources, at, *c.Disclosed)
		}
	}
}

func (m *model) newAtom(i, operator int, cells []string, number map[string]int) atom {
	a := atom{operator: operator, high: Unbounded}
	for _, id := range cells {
		a.cells = append(a.cells, number[id])
		m.cells[number[id]].atoms = append(m.cells[number[id]].atoms, i)
	}
	slices.Sort(a.cells)
	return a
}

func operatorsOf(contributions []Contribution) []string {
	var all []string
	for _, c := range contributions {
		all = append(all, c.Operator)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// byOperator returns the secret amounts in a cell, by operator.
func (m *model) byOperator(c cell) map[int]Amount {
	out := map[int]Amount{}
	for _, i := range c.atoms {
		out[m.atoms[i].operator] += m.atoms[i].value
	}
	return out
}

// own returns one operator's atoms among some.
func (m *model) own(operator int, atoms []int) []int {
	var out []int
	for _, i := range atoms {
		if m.atoms[i].operator == operator {
			out = append(out, i)
		}
	}
	return out
}
