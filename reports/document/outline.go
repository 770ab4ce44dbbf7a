package document

import (
	"fmt"
	"slices"
)

// entry is a heading with the anchor that the table of contents points to.
type entry struct {
	Heading
	anchor string
}

// outline returns the document's headings in order with their anchors.
func (d *Document) outline() []entry {
	var entries []entry
	for _, b := range d.Blocks {
		if h, ok := b.(Heading); ok {
			entries = append(entries, entry{Heading: h, anchor: fmt.Sprintf("s%d", len(entries)+1)})
		}
	}
	return entries
}

// counter numbers a document's headings, tables and figures as they come.
type counter struct{ headings, tables, charts int }

func (c *counter) nextHeading() string { c.headings++; return fmt.Sprintf("s%d", c.headings) }
func (c *counter) nextTable() int      { c.tables++; return c.tables }
func (c *counter) nextChart() int      { c.charts++; return c.charts }

// date prints the document's date in its language.
func (d *Document) date() string {
	year, month, day := d.Date.Date()
	return LabelsOf(d.Lang).DateLayout(year, int(month), day)
}

// listsContents reports whether the document has a table of contents.
func (d *Document) listsContents() bool {
	return d.Contents || slices.ContainsFunc(d.Blocks, func(b Block) bool { _, is := b.(TableOfContents); return is })
}
