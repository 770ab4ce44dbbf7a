package document

// turned tells for each block whether it stands on a landscape page: a table
// that no letters of ours fit to a portrait one, with the heading and the text
// that lead to it.
func (d *Document) turned(width, padding float64) []bool {
	turned := make([]bool, len(d.Blocks))
	for i, b := range d.Blocks {
		table, ok := b.(Table)
		if !ok || table.fit(d.Lang, width, padding).sound {
			continue
		}
		turned[i] = true
		for j := d.leadOf(i); j < i; j++ {
			turned[j] = true
		}
	}
	return turned
}

// longestLead is how many blocks may come before a table on its page.
const longestLead = 8

// leadOf returns the first block of what leads to the table at block i: from
// the nearest heading on, or from its chapter's where only text lies between,
// so that no page holds but the first lines of a chapter.
func (d *Document) leadOf(i int) int {
	lead := i
	for start := i - 1; start >= max(0, i-longestLead) && leadsOn(d.Blocks[start]); start-- {
		heading, ok := d.Blocks[start].(Heading)
		if ok && (lead == i || heading.Level == 1) {
			lead = start
		}
		if ok && heading.Level == 1 {
			break
		}
	}
	return lead
}

// leadsOn reports whether a block may stand between a heading and the table
// that it leads to.
func leadsOn(b Block) bool {
	switch b.(type) {
	case Heading, Paragraph, Note, List:
		return true
	}
	return false
}
