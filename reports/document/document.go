package document

import (
	"slices"
	"time"
)

// Document is a report as a tree of blocks. It knows nothing of paper, page
// or file: every format renders the same tree, and none of them adds or
// drops a figure.
type Document struct {
	Title    string
	Subtitle string // one line under the title: territory, period
	Lang     string // "fr" or "en"
	Banner   string // shown on top and on every printed page, e.g. a demonstration's warning; may be empty

	Author  string    // who answers for the document (core properties)
	Subject string    // one sentence (core properties, description)
	Date    time.Time // the document's date, the only time that enters its bytes
	Version string    // version of the software, printed in the footer

	Bare     bool // a letter: no title above, nothing in header and footer (DOCX, ODT)
	Contents bool // a table of contents after the title
	Blocks   []Block
}

// Block is one of Heading, Paragraph, List, Highlights, Table, Chart, Note,
// TableOfContents and PageBreak.
type Block interface{ block() }

// Heading opens a section. Levels run 1 to 3 without jumps.
type Heading struct {
	Level  int
	Number string // "1.2", "A"; empty for an unnumbered heading
	Text   string
}

// Paragraph is running text.
type Paragraph struct {
	Runs     []Run
	Indented bool // on the right half of a letter's page (DOCX, ODT)
}

// Run is a stretch of text of one look. A run with a Figure prints the
// figure in full, with ± and unit, and Text is ignored.
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Code   bool   // a code, id or column name, set in a fixed-width face
	Link   string // absolute URL
	Figure *Figure
}

// List is a list of short paragraphs.
type List struct {
	Ordered bool
	Items   [][]Run
}

// Highlights are the few figures that a reader must not miss, shown large.
type Highlights struct{ Items []Highlight }

// Highlight is one large figure with its name above and a line below.
type Highlight struct {
	Label  string
	Figure Figure
	Help   string
}

// Table is a table with a caption and, where the figures add up, a total.
type Table struct {
	Caption string
	Sheet   string // short name of the spreadsheet's tab; the caption's first words when empty
	Columns []Column
	Rows    []Row
	Total   []Cell // nil without a total row; as many cells as columns
	Notes   []Run  // sources and remarks printed under the table; may be empty
}

// Without returns the table without column i.
func (t Table) Without(i int) Table {
	t.Columns = slices.Delete(slices.Clone(t.Columns), i, i+1)
	rows := make([]Row, len(t.Rows))
	for j, r := range t.Rows {
		rows[j] = Row{Cells: slices.Delete(slices.Clone(r.Cells), i, i+1), Strong: r.Strong}
	}
	t.Rows = rows
	if t.Total != nil {
		t.Total = slices.Delete(slices.Clone(t.Total), i, i+1)
	}
	return t
}

// Align is how a column's cells are set.
type Align uint8

// The alignments. Figures are set right by columns of AlignRight.
const (
	AlignLeft Align = iota
	AlignRight
	AlignCenter
)

// Column is the head of one column.
type Column struct {
	Head  string
	Unit  string // printed in the head; the cells then print no unit
	Align Align
	// Uncertain columns show "value ± U" in text and two columns in a
	// spreadsheet.
	Uncertain bool
	// Sum says that the total is the sum of the printed rows: a spreadsheet
	// writes a formula, and Check refuses a total that is not that sum.
	Sum bool
	// Weight is the column's share of the width that is left when no word is
	// broken; if all are 0, the format chooses by the length of the texts.
	Weight float64
}

// Row is one row; Strong sets it as a group's head, which stays with the row
// that follows, or as one that matters most.
type Row struct {
	Cells  []Cell
	Strong bool
}

// Cell holds a text, or a figure that prints the same digits everywhere.
type Cell struct {
	Text   string
	Figure *Figure
	Head   bool // names its row
	Code   bool // an id or code, set in a fixed-width face

	// Name is the cell's defined name in a spreadsheet; Limits make it a cell
	// that the spreadsheet's reader may change.
	Name   string
	Limits *Limits
}

// Limits bound what may be entered in a cell of a spreadsheet: one of the
// words, or else a number.
type Limits struct {
	Low, High float64
	Words     []string
}

// NoteKind is the weight of a note.
type NoteKind uint8

// The kinds of note.
const (
	NoteInfo    NoteKind = iota // how to read, a source, a rule
	NoteWarning                 // what keeps a figure from being quoted as it stands
	NoteMethod                  // a formula or a convention
)

// Note is a remark set apart from the running text.
type Note struct {
	Kind  NoteKind
	Title string // may be empty
	Runs  []Run
}

// TableOfContents prints the outline where it stands, for a document whose
// first page is a summary. Document.Contents prints it after the title.
type TableOfContents struct{}

// PageBreak starts a new page on paper.
type PageBreak struct{}

func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Highlights) block() {}
func (Table) block()      {}
func (Chart) block()      {}
func (Note) block()       {}
func (PageBreak) block()  {}

func (TableOfContents) block() {}

// Text returns one run of plain text.
func Text(s string) []Run { return []Run{{Text: s}} }

// TextCell returns a cell that holds s.
func TextCell(s string) Cell { return Cell{Text: s} }

// HeadCell returns a cell that names its row.
func HeadCell(s string) Cell { return Cell{Text: s, Head: true} }

// FigureCell returns a cell that holds f.
func FigureCell(f Figure) Cell { return Cell{Figure: &f} }
