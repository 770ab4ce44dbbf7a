package document

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Form is a sheet whose cells somebody else's program reads: what stands
// where is that program's, the look is ours. A cell holds a string, an int, a
// float64 or nil, which leaves it out.
type Form struct {
	Sheet  string
	Heads  int // rows at the top that are set as heads and stay in sight
	Rows   [][]any
	Widths []float64 // of the columns, in characters
}

// WriteForm writes a workbook of one sheet (ISO/IEC 29500), the same bytes
// for the same form.
func WriteForm(w io.Writer, f Form) error {
	sheet := &formSheet{known: map[string]int{}, widths: f.Widths}
	for i, row := range f.Rows {
		sheet.row(i, row, i < f.Heads)
	}
	var columns strings.Builder
	for i, width := range f.Widths {
		fmt.Fprintf(&columns, `<col min="%d" max="%[1]d" width="%g" customWidth="1"/>`, i+1, width)
	}
	pane := ""
	if f.Heads > 0 {
		pane = fmt.Sprintf(`<pane ySplit="%d" topLeftCell="%s" activePane="bottomLeft" state="frozen"/>`, f.Heads, cellName(0, f.Heads))
	}
	return writePackage(w, []part{
		{name: "[Content_Types].xml", body: []byte(formTypes)},
		{name: "_rels/.rels", body: []byte(relationsHead + `<Relationship Id="rId1" Type="` + officeRelation + `officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
		{name: "xl/workbook.xml", body: []byte(xmlHead + `<workbook ` + sheetSpaces + `><sheets><sheet name="` + escapeXML(f.Sheet) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
		{name: "xl/_rels/workbook.xml.rels", body: []byte(relationsHead + `<Relationship Id="rId1" Type="` + officeRelation + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + officeRelation +
			`styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + officeRelation + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`)},
		{name: "xl/styles.xml", body: []byte(formStyles)},
		{name: "xl/sharedStrings.xml", body: []byte(xmlHead + `<sst ` + sheetSpaces + `>` + sheet.texts.String() + `</sst>`)},
		{name: "xl/worksheets/sheet1.xml", body: []byte(xmlHead + `<worksheet ` + sheetSpaces + `><sheetViews><sheetView workbookViewId="0">` + pane +
			`</sheetView></sheetViews><cols>` + columns.String() + `</cols><sheetData>` + sheet.rows.String() + `</sheetData></worksheet>`)},
	})
}

// formSheet is a sheet being written, with the texts that its cells point to.
type formSheet struct {
	rows, texts strings.Builder
	known       map[string]int
	widths      []float64
}

func (s *formSheet) row(i int, cells []any, head bool) {
	fmt.Fprintf(&s.rows, `<row r="%d" ht="%d" customHeight="1">`, i+1, s.height(cells))
	style := 1
	if head {
		style = 2
	}
	for column, value := range cells {
		at := cellName(column, i)
		switch v := value.(type) {
		case int:
			fmt.Fprintf(&s.rows, `<c r="%s" s="%d"><v>%d</v></c>`, at, style, v)
		case float64:
			fmt.Fprintf(&s.rows, `<c r="%s" s="%d"><v>%s</v></c>`, at, style, strconv.FormatFloat(v, 'f', -1, 64))
		case string:
			if v != "" {
				fmt.Fprintf(&s.rows, `<c r="%s" s="%d" t="s"><v>%d</v></c>`, at, style, s.text(v))
			}
		}
	}
	s.rows.WriteString("</row>")
}

// Heights in points: of a line of text, and the most that a row may have.
const formLine, formTallest = 13, 409

// height is what the fullest cell of a row needs. LibreOffice makes no room
// for wrapped text by itself.
func (s *formSheet) height(cells []any) int {
	lines := 1
	for column, value := range cells {
		text, _ := value.(string)
		if column >= len(s.widths) || text == "" {
			continue
		}
		needed := 0
		for _, line := range strings.Split(text, "\n") {
			needed += 1 + int(float64(utf8.RuneCountInString(line))/s.widths[column])
		}
		lines = max(lines, needed)
	}
	return min(lines*formLine, formTallest)
}

// text is the number of a text among the shared ones.
func (s *formSheet) text(v string) int {
	n, known := s.known[v]
	if !known {
		n = len(s.known)
		s.known[v] = n
		s.texts.WriteString(`<si><t xml:space="preserve">` + escapeXML(v) + `</t></si>`)
	}
	return n
}

const sheetSpaces = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

const formTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
	`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
	`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>` +
	`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`

// formStyles are the look of a plain cell (1) and of a head (2).
const formStyles = xmlHead + `<styleSheet ` + sheetSpaces + `>` +
	`<fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Arial"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F3A5F"/></patternFill></fill></fills>` +
	`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
	`<cellXfs count="3"><xf/><xf fontId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`
