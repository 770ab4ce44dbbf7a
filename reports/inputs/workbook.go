package inputs

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Workbook is a workbook that an engineer has changed: its named cells.
type Workbook struct {
	Name  string // of the file
	cells map[string]entry
}

// entry is what stands in a named cell.
type entry struct {
	sheet, ref string
	text       string // as it is stored
	numeric    bool
	format     string // number format
	formula    bool   // with nothing calculated
}

// where names the cell as spreadsheets do.
func (e entry) where() string { return e.sheet + "!" + e.ref }

// largestWorkbook is how much an unpacked workbook may take, in bytes: ours
// take about 3 MB.
const largestWorkbook = 64 << 20

// Open reads the named cells of a workbook. What is no workbook of this
// program is refused with what to do.
func Open(path string) (*Workbook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the input workbook: %w", err)
	}
	return Read(filepath.Base(path), data)
}

// Read is Open for a workbook in memory.
func Read(name string, data []byte) (*Workbook, error) {
	if bytes.Contains(data[:min(len(data), 200)], []byte("application/vnd.oasis.opendocument")) {
		return nil, fmt.Errorf("%s is an OpenDocument spreadsheet\nhint: save it as Excel 2007-365 (.xlsx)", name)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: largestWorkbook, UnzipXMLSizeLimit: largestWorkbook})
	if err != nil {
		return nil, fmt.Errorf("%s is no workbook (.xlsx): %w\nhint: start from the SITE.xlsx that thermie report network writes", name, err)
	}
	defer f.Close()
	w := &Workbook{Name: name, cells: map[string]entry{}}
	for _, n := range f.GetDefinedName() {
		if !strings.HasPrefix(n.Name, prefix) {
			continue
		}
		e, err := read(f, n.RefersTo)
		if err != nil {
			return nil, fmt.Errorf("%s, the cell named %s (%s): %w", name, n.Name, n.RefersTo, err)
		}
		w.cells[n.Name] = e
	}
	if len(w.cells) == 0 {
		return nil, fmt.Errorf("%s has none of the named cells of an input sheet\nhint: start from the SITE.xlsx that thermie report network writes, and keep its named cells", name)
	}
	return w, nil
}

// reference is a name's cell: 'sheet'!$B$5.
var reference = regexp.MustCompile(`^=?(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?([0-9]+)$`)

// read returns what stands in a cell.
func read(f *excelize.File, refersTo string) (entry, error) {
	parts := reference.FindStringSubmatch(refersTo)
	if parts == nil {
		return entry{}, errors.New("the name does not stand for one cell: was its row or sheet deleted?")
	}
	e := entry{sheet: strings.ReplaceAll(parts[1]+parts[2], "''", "'"), ref: parts[3] + parts[4]}
	var err error
	if e.text, err = f.GetCellValue(e.sheet, e.ref, excelize.Options{RawCellValue: true}); err != nil {
		return e, err
	}
	kind, err := f.GetCellType(e.sheet, e.ref)
	if err != nil {
		return e, err
	}
	_, notNumber := strconv.ParseFloat(e.text, 64)
	text := kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString
	e.numeric = notNumber == nil && !text && kind != excelize.CellTypeBool
	if formula, err := f.GetCellFormula(e.sheet, e.ref); err != nil {
		return e, err
	} else if formula != "" && e.text == "" {
		e.formula = true
	}
	e.format, err = formatOf(f, e)
	return e, err
}

// formatOf is the number format of a cell, empty for the general one.
func formatOf(f *excelize.File, e entry) (string, error) {
	id, err := f.GetCellStyle(e.sheet, e.ref)
	if err != nil {
		return "", err
	}
	style, err := f.GetStyle(id)
	if err != nil {
		return "", err
	}
	switch {
	case style.CustomNumFmt != nil:
		return *style.CustomNumFmt, nil
	case style.NumFmt == 9 || style.NumFmt == 10:
		return "0%", nil
	case style.NumFmt >= 14 && style.NumFmt <= 22 || style.NumFmt >= 45 && style.NumFmt <= 47:
		return "yyyy-mm-dd", nil
	}
	return "", nil
}
