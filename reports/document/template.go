package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// FillTemplate writes d's blocks in the look of an authority's own template:
// a .dotx or .docx becomes a DOCX, an .ott or .odt an ODT. The template's
// page, header, footer and styles stay; its text is replaced. Headings, body,
// captions, lists and tables take the template's styles, found by their names
// in English or French, headings by outline level too. It returns the
// extension of what was written.
func FillTemplate(w io.Writer, d *Document, template []byte) (extension string, err error) {
	if err := d.Check(); err != nil {
		return "", err
	}
	archive, err := zip.NewReader(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return "", errors.New("the template is no document (hint: save it as .dotx or .ott; a .doc or .dot is of another kind)")
	}
	parts, err := unpacked(archive)
	if err != nil {
		return "", err
	}
	switch {
	case parts.has("word/document.xml"):
		return "docx", fillDOCX(w, d, parts)
	case parts.has("content.xml") && parts.has("styles.xml"):
		return "odt", fillODT(w, d, parts)
	}
	return "", errors.New("the template holds neither a Word nor an OpenDocument text (hint: save it as .dotx or .ott)")
}

// packageParts are the files of a template, in their order.
type packageParts []part

// maxTemplate bounds a template's parts, unpacked.
const maxTemplate = 64 << 20

func unpacked(archive *zip.Reader) (packageParts, error) {
	var parts packageParts
	left := int64(maxTemplate)
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		file, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("the template's %s: %w", f.Name, err)
		}
		body, err := io.ReadAll(io.LimitReader(file, left+1))
		if err := errors.Join(err, file.Close()); err != nil {
			return nil, fmt.Errorf("the template's %s: %w", f.Name, err)
		}
		if left -= int64(len(body)); left < 0 {
			return nil, fmt.Errorf("the template is larger than %d MB unpacked (hint: take its pictures out)", maxTemplate>>20)
		}
		parts = append(parts, part{name: f.Name, body: body, stored: f.Name == "mimetype"})
	}
	return parts, nil
}

func (p packageParts) index(name string) int {
	return slices.IndexFunc(p, func(q part) bool { return q.name == name })
}

func (p packageParts) has(name string) bool { return p.index(name) >= 0 }

func (p packageParts) text(name string) string {
	if i := p.index(name); i >= 0 {
		return string(p[i].body)
	}
	return ""
}

// set puts a text in the place of a part, or behind all.
func (p *packageParts) set(name, text string) {
	if i := p.index(name); i >= 0 {
		(*p)[i].body = []byte(text)
		return
	}
	*p = append(*p, part{name: name, body: []byte(text)})
}

// role is one of our styles and the names by which a template may have it.
type role struct {
	ours    string
	outline int // of a heading, from 1; else 0
	names   []string
}

// roles are in the order in which a template's styles are asked for. Word
// keeps the English names of its own styles in every language; French ones
// are those that people made, and come first.
var roles = []role{
	{"Heading1", 1, []string{"titre 1", "heading 1"}},
	{"Heading2", 2, []string{"titre 2", "heading 2"}},
	{"Heading3", 3, []string{"titre 3", "heading 3"}},
	{"Normal", 0, []string{"corps de texte", "texte courant", "texte", "body text", "text body", "normal", "standard"}},
	{"ListBullet", 0, []string{"liste à puces", "puces", "puce 1", "puce", "list bullet", "list 1"}},
	{"Caption", 0, []string{"légende", "legende", "titre de tableau", "caption"}},
	{"TableHead", 0, []string{"en-tête de tableau", "entête de tableau", "table heading", "table head"}},
	{"TableText", 0, []string{"contenu de tableau", "texte de tableau", "tableau", "table contents", "table text"}},
	{"TableNote", 0, []string{"table note", "note de tableau", "source", "sources"}},
}

// named is a style of a template.
type named struct {
	id, name string
	outline  int // from 1; 0 for none
}

// stylesFor finds the template's style for each of ours; what is not found
// is left out.
func stylesFor(have []named) map[string]string {
	found := map[string]string{}
	for _, r := range roles {
		for _, name := range r.names {
			if i := slices.IndexFunc(have, func(n named) bool { return plainName(n.name) == name || plainName(n.id) == name }); i >= 0 {
				found[r.ours] = have[i].id
				break
			}
		}
		if i := slices.IndexFunc(have, func(n named) bool { return r.outline > 0 && n.outline == r.outline }); found[r.ours] == "" && i >= 0 {
			found[r.ours] = have[i].id
		}
	}
	for _, instead := range [][2]string{{"Note", "Normal"}, {"NoteWarning", "Normal"}, {"NoteMethod", "Normal"}, {"TableHead", "TableText"}, {"TableNote", "TableText"}} {
		if found[instead[0]] == "" {
			found[instead[0]] = found[instead[1]]
		}
	}
	return found
}

// roomier is by how much columns are made wider than our own letters need: a
// template's may be wider.
const roomier = 1.3

// templateWidths are docxWidths for letters that are not ours.
func (t Table) templateWidths(lang string, width int) ([]int, float64) {
	widths, size := t.docxWidths(lang, int(float64(width)/roomier))
	sum := 0
	for _, w := range widths {
		sum += w
	}
	for i := range widths {
		widths[i] = widths[i] * width / sum
	}
	return widths, size
}

// plainName compares names as people read them.
func plainName(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer("_20_", " ", Nbsp, " ", "_", " ").Replace(name))), " ")
}
