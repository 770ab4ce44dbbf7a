package document

import "io"

// HTMLStyle is the style sheet of the pages that WriteHTML writes, for pages
// that show the same blocks.
func HTMLStyle() string { return htmlStyle }

// WriteHTMLBlocks writes the blocks of d alone, for a page that has its own
// head, navigation and foot. Headings start at h2.
func WriteHTMLBlocks(w io.Writer, d *Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := &htmlPage{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang)}
	p.blocks()
	_, err := io.WriteString(w, p.String())
	return err
}
